import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { foundFiles } from '../../tests/fixtures/hostile/found.ts';
import { fuzzing } from '../../tests/fixtures/hostile/fuzz.ts';
import { editsOf, edited, withChecksums } from '../../tests/fixtures/hostile/mutate.ts';
import { hostilePictures } from '../../tests/fixtures/hostile/pictures.ts';
import { makeImages } from '../../tests/fixtures/make-images.ts';
import { decodeSamples } from './decode-samples.ts';

const never = new AbortController().signal;
const maxPixels = 100_000_000;

/** Undefined where it was read, to as many samples as it says; the code of its refusal, which names it, otherwise. */
async function outcome(bytes: Uint8Array, name: string, limit = maxPixels): Promise<string | undefined> {
  try {
    const { width, height, channels, data } = await decodeSamples(
      never,
      { bytes, name },
      { maxPixels: limit },
    );
    expect(data).toHaveLength(width * height * channels);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof SeamfieldError)) throw thrown;
    expect(thrown.message.startsWith(`${name} `)).toBe(true);
    expect(thrown.message).toMatch(/^[^\n]{10,400}\.$/);
    return thrown.code;
  }
}

describe('a hostile picture', () => {
  it.each(hostilePictures)('$name is refused, or read as what it is', async ({ name, bytes, refusal }) => {
    const found = await outcome(bytes, name);
    if (refusal !== undefined) expect(found).toBe(refusal);
    else expect([undefined, 'unreadable-image']).toContain(found);
  });

  it.each(foundFiles('pictures'))('found earlier, %s, is read or refused', async (name, path) => {
    await outcome(readFileSync(path), name);
  });
});

describe('a good picture', () => {
  let folder: string;
  const good: Buffer[] = [];
  const names = ['rgb8.png', 'greya16.png', 'palette-alpha.png', 'p3-8.png', 'orientation-6.jpg', 'rgb8.jpg'];
  const more = ['rgb8.webp', 'rgb8.tiff', 'rgb16.tiff', 'avif10.avif', 'animated.gif'];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seamfield-mutated-'));
    const at = await makeImages(folder);
    for (const name of [...names, ...more]) good.push(await readFile(at(name)));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('with bits flipped, numbers at their extremes, cut or spliced with others, is read or refused', async () => {
    const seen = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(names.length + more.length - 1),
        fc.nat(names.length + more.length - 1),
        editsOf,
        fc.boolean(),
        async (which, other, edits, repairs) => {
          const bytes = edited(good[which]!, good[other]!, edits);
          // With its checksums right again a PNG's damage reaches further into the decoder.
          const found = await outcome(repairs ? withChecksums(bytes) : bytes, 'mutated.bin', 1_000_000);
          seen[found === undefined ? 'read' : 'refused']++;
        },
      ),
      fuzzing(23, 2000),
    );
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(150);
  });
});
