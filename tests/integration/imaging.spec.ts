import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage, imageFromSamples } from '../../src-main/imaging/decode.ts';
import { decodeSamples } from '../../src-main/imaging/decode-samples.ts';
import { samplesFromImage } from '../../src-main/imaging/encode.ts';
import { encodeSamples } from '../../src-main/imaging/encode-samples.ts';
import { checkWritable, writeWhole } from '../../src-main/disk/files.ts';
import { formatOf } from '../../src-main/imaging/format.ts';
import { readChunks, readText } from '../../src-main/imaging/png-chunks.ts';
import { resizeImage } from '../../src-main/imaging/resample.ts';
import { renderView } from '../../src-shared/view/render-view.ts';
import { noise16, rawPng } from '../fixtures/make-images.ts';

const never = new AbortController().signal;
const sample = (name: string) => fileURLToPath(new URL(`../../assets/samples/${name}`, import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-imaging-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

type Numbers = Uint8Array | Uint16Array | Float32Array;

/** Equality to the bit; the general matcher takes seconds for a photograph. */
function identical(a: Numbers, b: Numbers): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Numbers) => Buffer.from(buffer, byteOffset, byteLength);
  return a.constructor === b.constructor && bytes(a).equals(bytes(b));
}

/** The samples of an unfiltered 16-bit PNG, read without any image library. */
function sixteenBitsOf(png: Uint8Array, samplesPerRow: number): number[] {
  const parts = readChunks(png).filter(({ type }) => type === 'IDAT');
  const rows = inflateSync(Buffer.concat(parts.map(({ data }) => data)));
  const stride = 1 + 2 * samplesPerRow;
  return Array.from({ length: (rows.length / stride) * samplesPerRow }, (_, k) => {
    const row = Math.floor(k / samplesPerRow) * stride;
    expect(rows[row]).toBe(0);
    return rows.readUInt16BE(row + 1 + 2 * (k % samplesPerRow));
  });
}

describe('sixteen bits', () => {
  it.each([
    [1, 0],
    [2, 4],
    [3, 2],
    [4, 6],
  ] as const)(
    'put into a PNG by hand, %i channels, are read as they are and written as they were',
    async (channels, colourType) => {
      const width = 64;
      const height = 20;
      const data = noise16(width * height * channels, 9);
      const rows = Buffer.alloc(height * (1 + 2 * width * channels));
      data.forEach((value, k) => {
        rows.writeUInt16BE(value, Math.floor(k / (width * channels)) + 1 + 2 * k);
      });
      const bytes = rawPng({ width, height, bitDepth: 16, colourType, rows });
      const samples = await decodeSamples(never, { bytes, name: 'hand.png' });
      expect(samples).toEqual({ width, height, channels, data });
      const written = await encodeSamples(samples, { format: 'png' });
      expect(sixteenBitsOf(written, width * channels)).toEqual([...data]);
    },
  );
});

describe('a photograph', () => {
  it.each(['astronaut.png', 'camera.png', 'coffee.png', 'moon.png', 'brick.png', 'rocket.jpg'])(
    '%s goes through real numbers and a file of each exact format unchanged',
    async (name) => {
      const samples = await decodeSamples(never, { path: sample(name) });
      const image = imageFromSamples(samples);
      expect(identical(samplesFromImage(image, 8).data, samples.data)).toBe(true);
      for (const ending of ['png', 'tiff', 'webp']) {
        const path = join(folder, `${name}.${ending}`);
        await checkWritable(path, [sample(name)]);
        await writeWhole(path, await encodeSamples(samplesFromImage(image, 8), { format: formatOf(path) }));
        const back = await decodeImage(never, { path });
        const count = back.width * back.height;
        // WebP turns grey into three equal channels, so the first is compared for all.
        expect(identical(back.data.subarray(0, image.channels * count), image.data)).toBe(true);
      }
    },
  );

  it('may not be overwritten by what is made of it', async () => {
    const input = sample('rocket.jpg');
    await expect(checkWritable(input, [input])).rejects.toMatchObject({ code: 'unwritable-output' });
  });

  it('is worked on at a smaller size with the same mean', async () => {
    const image = await decodeImage(never, { path: sample('coffee.png') });
    const small = await resizeImage(never, image, 128);
    expect(small).toMatchObject({ width: 128, height: 85, channels: 3, bitDepth: 8 });
    const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(Math.abs(mean(small.data) - mean(image.data))).toBeLessThan(0.002);
  });

  it('changed in one place is the same everywhere else, in the file too', async () => {
    const samples = await decodeSamples(never, { path: sample('astronaut.png') });
    const data = samples.data.slice();
    const inside = (k: number) =>
      Math.abs((Math.floor(k / 3) % 512) - 200) < 30 && Math.abs(Math.floor(k / 1536) - 100) < 20;
    for (let k = 0; k < data.length; k++) if (inside(k)) data[k] = 255 - data[k]!;
    const bytes = await encodeSamples(
      { ...samples, data },
      { format: 'png', text: { Software: 'Seamfield' } },
    );
    const back = await decodeSamples(never, { bytes, name: 'changed.png' });
    const differing = samples.data.filter((value, k) => !inside(k) && value !== back.data[k]);
    expect(differing).toHaveLength(0);
    expect(identical(back.data, data)).toBe(true);
  });
});

it('a derivative view is written with its range in the text', async () => {
  const { width, height, data } = await decodeImage(never, { path: sample('camera.png') });
  const dx = data.map((value, i) => ((i + 1) % width === 0 ? 0 : data[i + 1]! - value));
  const { image, range } = renderView('dx', { dx }, { width, height }, 1);
  const path = join(folder, 'dx.png');
  const text = { range: range.join(' ') };
  await writeWhole(path, await encodeSamples(samplesFromImage(image, 8), { format: 'png', text }));
  const [low = NaN, high = NaN] = (readText(await readFile(path)).range ?? '').split(' ').map(Number);
  expect([low, high]).toEqual([...range]);
  expect(high).toBeGreaterThan(0);
  expect(low).toBe(-high);
});
