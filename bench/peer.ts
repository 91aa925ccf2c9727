import { fileURLToPath } from 'node:url';

import { runChild } from './child.ts';
import { lastJsonLine } from './json-line.ts';

/** Debian's own Python, whose packages the peers are. */
const PYTHON = '/usr/bin/python3';

export interface PeerVersions {
  readonly numpy: string | undefined;
  readonly opencv: string | undefined;
  readonly torch: string | undefined;
}

/** How to install a peer that isn't there. */
export const installPeer = {
  opencv: 'apt-get install python3-opencv',
  torch: 'apt-get install python3-torch libopenblas0-pthread',
} as const;

/** Runs a script of bench/peers. @returns the JSON object it prints */
export async function runPeer(
  signal: AbortSignal,
  script: string,
  argv: readonly (string | number)[],
): Promise<Record<string, unknown>> {
  const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  return lastJsonLine(await runChild(signal, PYTHON, [path, ...argv.map(String)]));
}

/** The peers that this machine has; none where it has no Python at that place. */
export async function peerVersions(signal: AbortSignal): Promise<PeerVersions> {
  const found = await runPeer(signal, 'versions.py', []).catch(() => ({}) as Record<string, unknown>);
  const version = (name: string) => (typeof found[name] === 'string' ? found[name] : undefined);
  return { numpy: version('numpy'), opencv: version('opencv'), torch: version('torch') };
}
