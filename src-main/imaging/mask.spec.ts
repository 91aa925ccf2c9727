import { describe, expect, it } from 'vitest';
import { displayP3Profile, noise16, noise8, taggedPng } from '../../tests/fixtures/make-images.ts';
import { encodeSamples } from './encode-samples.ts';
import { decodeMask } from './mask.ts';
import type { Samples } from './samples.ts';

const never = new AbortController().signal;

async function maskOf(samples: Samples) {
  const bytes = await encodeSamples(samples, { format: 'png' });
  return decodeMask(never, { bytes, name: 'mask.png' });
}

describe('a mask', () => {
  it('of grey is its values, in eight and sixteen bits', async () => {
    const eight = await maskOf({ width: 9, height: 5, channels: 1, data: noise8(45) });
    expect(eight).toMatchObject({ width: 9, height: 5 });
    expect([...eight.data]).toEqual([...noise8(45)].map((v) => Math.fround(v / 255)));
    const sixteen = await maskOf({ width: 9, height: 5, channels: 1, data: noise16(45) });
    expect([...sixteen.data]).toEqual([...noise16(45)].map((v) => Math.fround(v / 65535)));
  });

  it('of colour is its luminance, and exactly the grey where the colours are equal', async () => {
    const grey = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
    const { data } = await maskOf({ width: 256, height: 1, channels: 3, data: grey });
    expect([...data]).toEqual(Array.from({ length: 256 }, (_, v) => Math.fround(v / 255)));
    const primaries = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255);
    const colours = await maskOf({ width: 3, height: 1, channels: 3, data: primaries });
    expect(colours.data[0]).toBeCloseTo(0.2126, 6);
    expect(colours.data[1]).toBeCloseTo(0.7152, 6);
    expect(colours.data[2]).toBeCloseTo(0.0722, 6);
  });

  it('is multiplied by alpha', async () => {
    const { data } = await maskOf({
      width: 2,
      height: 1,
      channels: 4,
      data: Uint8Array.of(255, 255, 255, 51, 255, 255, 255, 0),
    });
    expect([...data]).toEqual([Math.fround(0.2), 0]);
    const grey = await maskOf({ width: 1, height: 1, channels: 2, data: Uint8Array.of(51, 51) });
    expect(grey.data[0]).toBeCloseTo(0.04, 7);
  });

  it('is not changed by a colour profile', async () => {
    const image = {
      width: 1,
      height: 1,
      bitDepth: 8,
      colourType: 2,
      rows: Uint8Array.of(0, 255, 0, 0),
    } as const;
    const { data } = await decodeMask(never, {
      bytes: taggedPng(displayP3Profile(), image),
      name: 'mask.png',
    });
    expect(data[0]).toBeCloseTo(0.2126, 6);
  });

  it('that is no image is refused by the name it has for the user', async () => {
    const source = { bytes: Uint8Array.of(1, 2, 3), name: 'a.png' };
    await expect(decodeMask(never, source, { name: 'the mask a.png' })).rejects.toThrow(
      'the mask a.png is not an image',
    );
  });
});
