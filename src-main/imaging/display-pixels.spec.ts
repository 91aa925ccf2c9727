import { describe, expect, it } from 'vitest';
import { displayPixels, mostDisplayPixels, pixelsOfPlanes } from './display-pixels.ts';
import type { Samples } from './samples.ts';

const samples = (channels: Samples['channels'], ...data: number[]): Samples => ({
  width: data.length / channels,
  height: 1,
  channels,
  data: Uint8Array.from(data),
});

describe('the pixels of a photograph on a screen', () => {
  it.each<[string, Samples, number[]]>([
    ['grey', samples(1, 7, 200), [7, 7, 7, 255, 200, 200, 200, 255]],
    ['grey with alpha', samples(2, 7, 9), [7, 7, 7, 9]],
    ['colour', samples(3, 1, 2, 3), [1, 2, 3, 255]],
    ['colour with alpha', samples(4, 1, 2, 3, 0), [1, 2, 3, 0]],
  ])('are its samples themselves where it is 8-bit %s', async (_, given, expected) => {
    expect([...(await displayPixels(given)).data]).toEqual(expected);
  });

  it('are the nearest of 8 bits where it has 16', async () => {
    const deep = {
      width: 3,
      height: 1,
      channels: 1,
      data: Uint16Array.of(257 * 5 + 128, 257 * 5 + 129, 65535),
    } as const;
    const { data } = await displayPixels(deep);
    expect([data[0], data[4], data[8]]).toEqual([5, 6, 255]);
  });

  it('are reduced to the size asked for, and never enlarged', async () => {
    const data = new Uint8Array(3 * 60 * 40).fill(90);
    const photograph = { width: 60, height: 40, channels: 3, data } as const;
    expect(await displayPixels(photograph, 30)).toEqual({
      width: 30,
      height: 20,
      data: Uint8Array.from({ length: 4 * 600 }, (_, i) => (i % 4 === 3 ? 255 : 90)),
    });
    expect(await displayPixels(photograph, 100)).toMatchObject({ width: 60, height: 40 });
  });

  it.each([1, 2, 3, 4] as const)(
    'keep their channels when they are reduced from %i at 16 bits',
    async (channels) => {
      const data = Uint16Array.from({ length: channels * 16 }, (_, i) => 257 * (180 + (i % channels)));
      const { width, data: pixels } = await displayPixels({ width: 4, height: 4, channels, data }, 2);
      const colour = channels >= 3 ? [180, 181, 182] : [180, 180, 180];
      const alpha = channels === 2 ? 181 : channels === 4 ? 183 : 255;
      expect(width).toBe(2);
      for (const [i, value] of [...colour, alpha].entries())
        expect(Math.abs(pixels[i]! - value)).toBeLessThan(3);
    },
  );

  it('are bounded in number', async () => {
    const width = 8192;
    const height = mostDisplayPixels / width + 64;
    const small = await displayPixels({ width, height, channels: 1, data: new Uint8Array(width * height) });
    expect(small.width * small.height).toBeLessThanOrEqual(mostDisplayPixels);
    expect(small.width * small.height).toBeGreaterThan(0.99 * mostDisplayPixels);
  });
});

describe('the pixels of planes on a screen', () => {
  it('are the nearest of 8 bits, cut off beyond black and white, channel by channel', () => {
    const data = Float64Array.of(0, 1, 0.499 / 255, 0.501 / 255, -3, 7);
    expect([...pixelsOfPlanes({ width: 2, height: 1, channels: 3, data }).data]).toEqual([
      0, 0, 0, 255, 255, 1, 255, 255,
    ]);
  });

  it('are grey where there is one', () => {
    const { data, ...size } = pixelsOfPlanes({
      width: 1,
      height: 2,
      channels: 1,
      data: Float32Array.of(0.2, 1),
    });
    expect(size).toEqual({ width: 1, height: 2 });
    expect([...data]).toEqual([51, 51, 51, 255, 255, 255, 255, 255]);
  });
});
