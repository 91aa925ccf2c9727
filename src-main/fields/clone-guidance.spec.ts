import { describe, expect, it } from 'vitest';
import type { Mask } from '../../src-shared/model/mask.ts';
import { cloneGuidance, type CloneRequest } from './clone-guidance.ts';
import { fuse } from './fuse.ts';
import { gradientOf } from './gradient.ts';
import { crop } from './raster.ts';
import { largestDifference, noiseRaster, plus } from './testing.ts';

const target = noiseRaster({ width: 40, height: 30 }, 3, 1);
const source = noiseRaster({ width: 16, height: 12 }, 3, 2);
const blob: Mask = {
  width: 16,
  height: 12,
  data: Float32Array.from({ length: 192 }, (_, i) =>
    Number(Math.hypot((i % 16) - 7, Math.floor(i / 16) - 6) < 4),
  ),
};
const request = (changes: Partial<CloneRequest> = {}): CloneRequest => ({
  target,
  source,
  mask: blob,
  placement: { x: 10, y: 9 },
  mode: 'import',
  alpha: 0.5,
  margin: 3,
  ...changes,
});

describe('cloneGuidance', () => {
  it('covers the mask’s bounding box on the target with the margin around it', () => {
    expect(cloneGuidance(request()).window).toEqual({ x: 11, y: 9, width: 13, height: 13 });
  });

  it('clips the window to the target', () => {
    expect(cloneGuidance(request({ placement: { x: -6, y: 22 } })).window).toEqual({
      x: 0,
      y: 22,
      width: 8,
      height: 8,
    });
  });

  it.each([
    { x: 10, y: 9 },
    { x: -6, y: 22 },
    { x: 33, y: -5 },
  ])('is the whole images’ fused field on its window, in the window’s units, at $x, $y', (placement) => {
    const { guidance, window } = cloneGuidance(request({ placement }));
    const whole = fuse({
      ...request({ placement }),
      target: gradientOf(target, 'staggered'),
      source: gradientOf(source, 'staggered'),
    });
    const units = Math.max(window.width, window.height) / 40;
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < window.height; y++) {
        for (let x = 0; x < window.width; x++) {
          const here = (c * window.height + y) * window.width + x;
          const there = (c * 30 + y + window.y) * 40 + x + window.x;
          const dx = x < window.width - 1 ? whole.field.dx[there]! * units : 0;
          const dy = y < window.height - 1 ? whole.field.dy[there]! * units : 0;
          expect(Math.abs(guidance.field.dx[here]! - dx)).toBeLessThan(1e-13);
          expect(Math.abs(guidance.field.dy[here]! - dy)).toBeLessThan(1e-13);
          if (c === 0) expect(guidance.seam.inside[here]).toBe(whole.inside[there]);
        }
      }
    }
    expect(guidance.seam.target).toEqual(gradientOf(crop(target, window), 'staggered'));
  });

  it('does not change a bit when constants are added to target and source', () => {
    expect(cloneGuidance(request({ target: plus(target, 0.25), source: plus(source, -0.5) }))).toEqual(
      cloneGuidance(request()),
    );
  });

  it('has the target’s own field, to the bit, where the source is the target itself', () => {
    const own = crop(target, { x: 10, y: 9, width: 16, height: 12 });
    const { guidance } = cloneGuidance(request({ source: own }));
    expect(guidance.field).toEqual(guidance.seam.target);
    expect(
      largestDifference(
        guidance.field.dx,
        guidance.field.dx.map(() => 0),
      ),
    ).toBeGreaterThan(0);
  });

  it('refuses a margin that would leave no pixel of target around the region', () => {
    for (const margin of [0, -1, 1.5]) {
      expect(() => cloneGuidance(request({ margin }))).toThrow(
        expect.objectContaining({ code: 'bad-option' }),
      );
    }
  });

  it('says so where nothing lands on the target', () => {
    expect(() => cloneGuidance(request({ placement: { x: 40, y: 0 } }))).toThrow(
      expect.objectContaining({ code: 'nothing-to-clone' }),
    );
  });
});
