import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linearToSrgb, srgbToLinear } from '../../src-shared/model/transfer.ts';
import {
  displayP3Profile,
  makeImages,
  noise16,
  noise8,
  orientationPixels,
  taggedPng,
} from '../../tests/fixtures/make-images.ts';
import { decodeImage } from './decode.ts';
import { decodeSamples } from './decode-samples.ts';
import { imageInfo } from './inspect.ts';
import { srgbProfile } from './srgb-profile.ts';

const never = new AbortController().signal;
let folder: string;
let at: (name: string) => string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-decode-'));
  at = await makeImages(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const samplesOf = (name: string) => decodeSamples(never, { path: at(name) });
const imageOf = (name: string) => decodeImage(never, { path: at(name) });

/** Planar values as the samples' interleaved order would have them. */
function interleaved(data: Float32Array, channels: number): number[] {
  const count = data.length / channels;
  return Array.from(
    { length: data.length },
    (_, k) => data[(k % channels) * count + Math.floor(k / channels)]!,
  );
}

describe('samples', () => {
  it.each([
    ['rgb8.png', 3],
    ['rgb8.tiff', 3],
    ['rgb8.webp', 3],
    ['rgb8.avif', 3],
    ['grey8.png', 1],
    ['rgba8.png', 4],
    ['greya8.png', 2],
  ])('of %s come out exactly as stored', async (name, channels) => {
    const samples = await samplesOf(name);
    expect(samples).toMatchObject({ width: 48, height: 32, channels });
    expect(samples.data).toEqual(noise8(48 * 32 * channels));
  });

  it.each([
    ['rgb16.png', 3],
    ['rgb16.tiff', 3],
    ['rgba16.png', 4],
    ['grey16.png', 1],
    ['grey16.tiff', 1],
    ['greya16.png', 2],
  ])('of %s keep all sixteen bits', async (name, channels) => {
    const samples = await samplesOf(name);
    expect(samples.channels).toBe(channels);
    expect(samples.data).toEqual(noise16(48 * 32 * channels));
  });

  it('of one and two bits are spread over eight', async () => {
    expect([...(await samplesOf('bits1.png')).data]).toEqual([255, 0, 255, 0]);
    expect([...(await samplesOf('bits2.png')).data]).toEqual([0, 85, 170, 255]);
  });

  it('of a palette become RGB, with alpha where the palette has it', async () => {
    expect([...(await samplesOf('palette.png')).data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await samplesOf('palette-alpha.png')).data]).toEqual([1, 2, 3, 100, 4, 5, 6, 255]);
  });

  it('of a 10-bit AVIF span the whole of sixteen bits', async () => {
    const { data } = await samplesOf('avif10.avif');
    expect([...data]).toEqual([0, Math.round((512 * 65535) / 1023), 65535, 65535, 65535, 65535]);
  });

  it('of a CMYK JPEG become RGB', async () => {
    expect(await samplesOf('cmyk.jpg')).toMatchObject({ width: 48, height: 32, channels: 3 });
  });

  it('of an animated GIF are those of its first frame', async () => {
    const samples = await samplesOf('animated.gif');
    expect(samples).toMatchObject({ width: 4, height: 3 });
    expect(samples.data[0]).toBe(200);
  });

  it('of one column or one pixel are read like any other', async () => {
    expect(await samplesOf('1x4000.png')).toMatchObject({ width: 1, height: 4000, data: noise8(4000) });
    expect(await samplesOf('1x1.png')).toMatchObject({ width: 1, height: 1, data: Uint8Array.of(7, 8, 9) });
  });
});

describe('orientation', () => {
  /** Upright rows of the 3×2 picture for each EXIF orientation. */
  const upright: Record<number, number[][]> = {
    1: [
      [10, 20, 30],
      [40, 50, 60],
    ],
    2: [
      [30, 20, 10],
      [60, 50, 40],
    ],
    3: [
      [60, 50, 40],
      [30, 20, 10],
    ],
    4: [
      [40, 50, 60],
      [10, 20, 30],
    ],
    5: [
      [10, 40],
      [20, 50],
      [30, 60],
    ],
    6: [
      [40, 10],
      [50, 20],
      [60, 30],
    ],
    7: [
      [60, 30],
      [50, 20],
      [40, 10],
    ],
    8: [
      [30, 60],
      [20, 50],
      [10, 40],
    ],
  };

  it.each(Object.entries(upright))(
    '%s is applied, in the pixels and in the size told beforehand',
    async (n, rows) => {
      const path = at(`orientation-${n}.png`);
      const samples = await decodeSamples(never, { path });
      expect([...samples.data]).toEqual(rows.flat());
      expect([samples.height, samples.width]).toEqual([rows.length, rows[0]?.length]);
      expect(await imageInfo({ path })).toMatchObject({ width: samples.width, height: samples.height });
      expect(orientationPixels).toHaveLength(samples.data.length);
    },
  );

  it('of a photograph turns its size', async () => {
    expect(await imageOf('orientation-6.jpg')).toMatchObject({ width: 24, height: 40, channels: 1 });
    expect(await imageOf('orientation-3.jpg')).toMatchObject({ width: 40, height: 24 });
  });
});

describe('profiles', () => {
  /** Display P3 to sRGB by the matrices of CSS Color 4, values 0…1, cut to the gamut. */
  function p3ToSrgb(p3: readonly number[]): number[] {
    const matrix = [
      [1.2249401762805598, -0.22494017628055996, 0],
      [-0.042056954709688163, 1.0420569547096881, 0],
      [-0.0196375545903344, -0.0786360455506319, 1.0982736001409663],
    ];
    const linear = p3.map(srgbToLinear);
    return matrix.map((row) => {
      const sum = row.reduce((total, value, i) => total + value * linear[i]!, 0);
      return linearToSrgb(Math.min(Math.max(sum, 0), 1));
    });
  }

  /** The largest difference between what was decoded and the formula, in units of 0…1. */
  function worst(stored: Uint8Array | Uint16Array, decoded: Uint8Array | Uint16Array, max: number): number {
    let worst = 0;
    for (let i = 0; i < stored.length; i += 3) {
      const expected = p3ToSrgb([...stored.subarray(i, i + 3)].map((value) => value / max));
      expected.forEach((value, c) => {
        worst = Math.max(worst, Math.abs(value - decoded[i + c]! / max));
      });
    }
    return worst;
  }

  it('other than sRGB are converted to the nearest eight bits', async () => {
    const stored = noise8(600, 11);
    const rows = Uint8Array.of(0, ...stored);
    const image = { width: 200, height: 1, bitDepth: 8, colourType: 2, rows } as const;
    const bytes = taggedPng(displayP3Profile(), image);
    const { data } = await decodeSamples(never, { bytes, name: 'p3.png' });
    expect(worst(stored, data, 255)).toBeLessThan(0.6 / 255);
  });

  it('other than sRGB are converted with the precision of sixteen bits', async () => {
    const stored = noise16(600, 12);
    const bigEndian = [...stored].flatMap((value) => [value >> 8, value & 255]);
    const rows = Uint8Array.of(0, ...bigEndian);
    const image = { width: 200, height: 1, bitDepth: 16, colourType: 2, rows } as const;
    const bytes = taggedPng(displayP3Profile(), image);
    const { data } = await decodeSamples(never, { bytes, name: 'p3.png' });
    expect(worst(stored, data, 65535)).toBeLessThan(40 / 65535);
  });

  it('leave neutral grey neutral', async () => {
    const stored = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
    const image = {
      width: 256,
      height: 1,
      bitDepth: 8,
      colourType: 2,
      rows: Uint8Array.of(0, ...stored),
    } as const;
    const bytes = taggedPng(displayP3Profile(), image);
    expect((await decodeSamples(never, { bytes, name: 'p3.png' })).data).toEqual(stored);
  });

  it('that say sRGB leave every sample alone', async () => {
    const rows = Uint8Array.from([0, ...noise8(300, 5)]);
    const bytes = taggedPng(srgbProfile('rgb'), { width: 100, height: 1, bitDepth: 8, colourType: 2, rows });
    const { data } = await decodeSamples(never, { bytes, name: 'tagged.png' });
    expect(data).toEqual(noise8(300, 5));
  });

  it('of linear grey are brought to the sRGB curve', async () => {
    const linear = Uint8Array.from(srgbProfile('grey'));
    const curve = Buffer.from(linear).indexOf('para');
    linear.set([0, 0, 0, 0, 0, 1, 0, 0], curve + 8);
    const image = {
      width: 3,
      height: 1,
      bitDepth: 8,
      colourType: 0,
      rows: Uint8Array.of(0, 0, 55, 255),
    } as const;
    const { data } = await decodeSamples(never, { bytes: taggedPng(linear, image), name: 'linear.png' });
    expect(data[0]).toBe(0);
    expect(srgbToLinear(data[1]! / 255) * 255).toBeCloseTo(55, 0);
    expect(data[2]).toBe(255);
  });

  it('are left aside where the values are no colours', async () => {
    const { data } = await decodeSamples(never, { path: at('p3-8.png') }, { ignoreProfile: true });
    expect([...data]).toEqual([200, 100, 50]);
  });
});

describe('an image', () => {
  it('has v/255 for 8 bits and v/65535 for 16, planar', async () => {
    const eight = await imageOf('rgb8.png');
    expect(eight).toMatchObject({ bitDepth: 8, encoding: 'srgb', channels: 3 });
    expect(interleaved(eight.data, 3)).toEqual([...noise8(48 * 32 * 3)].map((v) => Math.fround(v / 255)));
    const sixteen = await imageOf('rgb16.png');
    expect(sixteen.bitDepth).toBe(16);
    expect(interleaved(sixteen.data, 3)).toEqual(
      [...noise16(48 * 32 * 3)].map((v) => Math.fround(v / 65535)),
    );
  });

  it('keeps alpha aside, straight', async () => {
    const image = await imageOf('rgba8.png');
    const stored = noise8(48 * 32 * 4);
    expect(image.channels).toBe(3);
    expect(image.data[5]).toBe(Math.fround(stored[20]! / 255));
    expect(image.alpha?.[5]).toBe(Math.fround(stored[23]! / 255));
    expect(await imageOf('rgb8.png')).not.toHaveProperty('alpha');
  });

  it('in linear light has the sRGB curve undone', async () => {
    const image = await decodeImage(never, { path: at('grey16.png') }, { encoding: 'linear' });
    const stored = noise16(48 * 32);
    expect(image.encoding).toBe('linear');
    expect([...image.data]).toEqual([...stored].map((v) => Math.fround(srgbToLinear(v / 65535))));
  });

  it('read from bytes is the same as read from its file', async () => {
    const bytes = await readFile(at('rgb8.png'));
    expect(await decodeImage(never, { bytes, name: 'dropped.png' })).toEqual(await imageOf('rgb8.png'));
  });
});
