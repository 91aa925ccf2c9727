import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disc } from './coverage.ts';
import { fillHoles } from './fill-holes.ts';
import { MaskRaster } from './mask-raster.ts';

const [width, height] = [14, 11];
const byte = fc.oneof(fc.constantFrom(0, 255), fc.nat(255));
const bytes = fc.array(byte, { minLength: width * height, maxLength: width * height });

/** The lowest pass on any way out, found by lowering every pixel to its neighbours' until nothing changes. */
function plainFill(values: readonly number[]): number[] {
  const at = (passes: readonly number[], x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : passes[y * width + x]!;
  let passes = values.map(() => 255);
  for (;;) {
    const next = passes.map((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const out = Math.min(
        at(passes, x - 1, y),
        at(passes, x + 1, y),
        at(passes, x, y - 1),
        at(passes, x, y + 1),
      );
      return Math.max(values[i]!, out);
    });
    if (next.every((value, i) => value === passes[i])) return next;
    passes = next;
  }
}

describe('filling holes', () => {
  it('gives every pixel the value of the lowest way out', () => {
    fc.assert(
      fc.property(bytes, (values) => {
        const mask = new MaskRaster({ width, height });
        mask.write(mask.frame, Uint8Array.from(values));
        fillHoles(mask);
        expect([...mask.data]).toEqual(plainFill(values));
      }),
      { seed: 7 },
    );
  });

  it('covers the inside of a ring and its inner rim, and nothing outside', () => {
    const ring = new MaskRaster({ width: 60, height: 60 });
    ring.combine(disc({ x: 30, y: 30 }, 20, 1), 'add');
    const whole = ring.data.slice();
    ring.combine(disc({ x: 30, y: 30 }, 12, 1), 'subtract');
    fillHoles(ring);
    expect(ring.data).toEqual(whole);
  });

  it('leaves a bay that is open to the border of the picture', () => {
    const mask = new MaskRaster({ width: 5, height: 4 });
    const bay = [255, 0, 255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 255, 0, 0, 255, 255, 255, 0, 0];
    mask.write(mask.frame, Uint8Array.from(bay));
    fillHoles(mask);
    expect([...mask.data]).toEqual(bay);
  });
});
