import type { Launch } from '../jobs/port.ts';

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** What a command has of the world. */
export interface Context {
  /** Raised by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly launch: Launch;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly version: string;
  /** The file that remembers which providers this machine has. */
  readonly providerMemory: string;
  readonly folders: { readonly rendererFolder: string; readonly samplesFolder: string };
}
