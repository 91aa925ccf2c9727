import { describe, expect, it } from 'vitest';
import { resizeSamples } from './resize-samples.ts';
import type { Samples } from './samples.ts';

function flat(bitDepth: 8 | 16, channels: Samples['channels']): Samples {
  const colours = channels < 3 ? [77] : [77, 30, 200];
  const full = bitDepth === 8 ? 255 : 65535;
  const pixel = channels % 2 === 0 ? [...colours, full] : colours;
  const values = Array.from({ length: 6 * 4 }, () => pixel).flat();
  return {
    width: 6,
    height: 4,
    channels,
    data: bitDepth === 8 ? Uint8Array.from(values) : Uint16Array.from(values),
  };
}

describe('samples at another size', () => {
  const cases = ([8, 16] as const).flatMap((bitDepth) =>
    ([1, 2, 3, 4] as const).map((channels) => ({ bitDepth, channels })),
  );
  it.each(cases)('keep their depth, channels and what is flat: $bitDepth bits, $channels', async (kind) => {
    const samples = flat(kind.bitDepth, kind.channels);
    for (const isSmooth of [true, false]) {
      for (const [width, height] of [
        [3, 2],
        [12, 8],
      ] as const) {
        const resized = await resizeSamples(samples, { width, height }, isSmooth);
        const pixel = samples.data.slice(0, kind.channels);
        expect(resized).toMatchObject({ width, height, channels: kind.channels });
        expect(resized.data.constructor).toBe(samples.data.constructor);
        expect(resized.data).toHaveLength(width * height * kind.channels);
        expect(resized.data.every((value, i) => value === pixel[i % kind.channels])).toBe(true);
      }
    }
  });

  it('repeat their pixels unless they may be mixed, and are themselves at their own size', async () => {
    const samples: Samples = { width: 2, height: 1, channels: 1, data: Uint16Array.of(100, 60_000) };
    const repeated = await resizeSamples(samples, { width: 4, height: 2 }, false);
    expect([...repeated.data]).toEqual([100, 100, 60_000, 60_000, 100, 100, 60_000, 60_000]);
    const mixed = await resizeSamples(samples, { width: 4, height: 2 }, true);
    expect(new Set(mixed.data).size).toBeGreaterThan(2);
    expect(await resizeSamples(samples, { width: 2, height: 1 }, true)).toBe(samples);
  });
});
