import { stat } from 'node:fs/promises';
import { Pyramid } from '../../../fields/pyramid.ts';
import { decodeImage } from '../../../imaging/decode.ts';
import { decodeSamples } from '../../../imaging/decode-samples.ts';
import { decodeMask } from '../../../imaging/mask.ts';
import type { Samples } from '../../../imaging/samples.ts';
import type { FileSource } from '../../tasks.ts';
import { RecentlyUsed } from './recently-used.ts';

/** Two photographs of 24 megapixels, or one of 100, in 8 bits. */
const keptBytes = 400 * 2 ** 20;
/** Two photographs of 24 megapixels as single-precision numbers. */
const keptNumbers = 600 * 2 ** 20;
const keptMasks = 200 * 2 ** 20;

/** Files that are looked at again and again, decoded once as long as they stay what they are. */
export class Photographs {
  readonly #samples = new RecentlyUsed<Samples>(keptBytes, ({ data }) => data.byteLength);

  /** As numbers for the mathematics, with their reductions. */
  readonly #images = new RecentlyUsed<Pyramid>(keptNumbers, ({ bytes }) => bytes);
  readonly #masks = new RecentlyUsed<Pyramid>(keptMasks, ({ bytes }) => bytes);

  /** Without its alpha. Throws what `decodeImage` throws. */
  imageOf(signal: AbortSignal, { path, name }: FileSource): Promise<Pyramid> {
    return kept(this.#images, path, async () => new Pyramid(await decodeImage(signal, { path }, { name })));
  }

  /** Throws what `decodeMask` throws. */
  maskOf(signal: AbortSignal, { path, name }: FileSource): Promise<Pyramid> {
    return kept(
      this.#masks,
      path,
      async () => new Pyramid({ ...(await decodeMask(signal, { path }, { name })), channels: 1 }),
    );
  }

  /** Nobody will look at these files again. */
  forget(paths: readonly string[]): void {
    const gone = new Set(paths);
    for (const store of [this.#samples, this.#images, this.#masks]) {
      store.forget((name) => gone.has(name.slice(0, name.indexOf('\0'))));
    }
  }

  /** Throws what `decodeSamples` throws. */
  samplesOf(signal: AbortSignal, { path, name }: FileSource): Promise<Samples> {
    return kept(this.#samples, path, () => decodeSamples(signal, { path }, { name }));
  }
}

async function kept<T>(store: RecentlyUsed<T>, path: string, make: () => Promise<T>): Promise<T> {
  const identity = await identityOf(path);
  return identity === undefined ? make() : store.get(identity, make);
}

/** Names a file in the state that it is in; undefined where it can't be said, which reading it will explain. */
async function identityOf(path: string): Promise<string | undefined> {
  const info = await stat(path, { bigint: true }).catch(() => undefined);
  if (info === undefined) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = info;
  return [path, dev, ino, size, mtimeNs, ctimeNs].join('\0');
}
