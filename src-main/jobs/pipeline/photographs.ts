import { stat } from 'node:fs/promises';
import { decodeSamples } from '../../imaging/decode-samples.ts';
import type { Samples } from '../../imaging/samples.ts';
import type { FileSource } from '../protocol.ts';
import { RecentlyUsed } from './recently-used.ts';

/** Two photographs of 24 megapixels, or one of 100, in 8 bits. */
const keptBytes = 400 * 2 ** 20;

/** Files that are looked at again and again, decoded once as long as they stay what they are. */
export class Photographs {
  readonly #samples = new RecentlyUsed<Samples>(keptBytes, ({ data }) => data.byteLength);

  /** Throws what `decodeSamples` throws. */
  async samplesOf(signal: AbortSignal, { path, name }: FileSource): Promise<Samples> {
    const identity = await identityOf(path);
    const decode = () => decodeSamples(signal, { path }, { name });
    return identity === undefined ? decode() : this.#samples.get(identity, decode);
  }
}

/** Names a file in the state that it is in; undefined where it can't be said, which reading it will explain. */
export async function identityOf(path: string): Promise<string | undefined> {
  const info = await stat(path, { bigint: true }).catch(() => undefined);
  if (info === undefined) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = info;
  return [path, dev, ino, size, mtimeNs, ctimeNs].join('\0');
}
