import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';

import { loadPhotograph } from '../src-main/jobs/pipeline/inputs/load.ts';
import type { BenchContext } from './bench.ts';
import { runPeer } from './peer.ts';
import { sample } from './seamfield.ts';

/** Where the published recipe stood after a budget; as bench/peers/siren_pytorch.py prints it. */
export interface Standing {
  readonly seconds: number;
  readonly steps: number;
  readonly gainAndOffsetPsnr: number;
  readonly offsetPsnr: number;
}

export interface PeerReport {
  readonly standings: readonly Standing[];
  readonly blas: string;
}

/** Trains by the published recipe on astronaut, RGB. @param seconds when to look at it */
export async function recipe(
  context: BenchContext,
  size: number,
  seconds: readonly number[],
): Promise<PeerReport> {
  const { signal, folder } = context;
  const path = sample('astronaut.png');
  const { data, channels, height, width } = await loadPhotograph(signal, { path, name: 'astronaut' }, size);
  const raw = join(folder, `picture-${size}.raw`);
  await writeFile(raw, data);
  const argv = [raw, channels, height, width, availableParallelism(), seconds.join()];
  return (await runPeer(signal, 'siren_pytorch.py', argv)) as unknown as PeerReport;
}
