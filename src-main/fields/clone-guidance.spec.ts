import { describe, expect, it } from 'vitest';
import { movedTo } from '../../src-shared/model/composition.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { cloneGuidance, type CloneRequest } from './clone-guidance.ts';
import { regionOf, windowAround } from './clone-window.ts';
import { fuse } from './fuse.ts';
import { gradientOf } from './gradient.ts';
import type { LandedLayer } from './landed-layer.ts';
import { crop } from './raster.ts';
import { largestDifference, noiseRaster, plus } from './testing.ts';

const target = noiseRaster({ width: 40, height: 30 }, 3, 1);
const blob: Mask = {
  width: 16,
  height: 12,
  data: Float32Array.from({ length: 192 }, (_, i) =>
    Number(Math.hypot((i % 16) - 7, Math.floor(i / 16) - 6) < 4),
  ),
};
const layer = (changes: Partial<LandedLayer> = {}): LandedLayer => ({
  source: noiseRaster({ width: 16, height: 12 }, 3, 2),
  mask: blob,
  placement: { x: 10, y: 9 },
  mode: 'import',
  alpha: 0.5,
  ...changes,
});
const placedBy = ({ source, mask, placement }: LandedLayer) => ({
  source,
  mask,
  transform: movedTo(placement),
});
const request = (...layers: readonly LandedLayer[]): CloneRequest => ({
  target,
  layers,
  window: windowAround(regionOf(target, layers.map(placedBy)), 3, target),
});
const faint = { width: 16, height: 12, data: blob.data.map((m) => m * 0.4) };

/** What the layers come to one after another, fused on the whole images. */
function fusedWhole(layers: readonly LandedLayer[]): { field: GradientField; inside: Uint8Array } {
  const inside = new Uint8Array(1200);
  let field = gradientOf(target, 'staggered');
  for (const { source, ...rest } of layers) {
    const fused = fuse({ ...rest, target: field, source: gradientOf(source, 'staggered') });
    field = fused.field;
    fused.inside.forEach((value, i) => void (inside[i] = Math.max(inside[i]!, value)));
  }
  return { field, inside };
}

describe('cloneGuidance', () => {
  it.each([
    ['one layer', [layer()]],
    ['a layer over the edge', [layer({ placement: { x: -6, y: 22 } })]],
    ['a layer over a corner', [layer({ placement: { x: 33, y: -5 } })]],
    ['two layers apart', [layer(), layer({ placement: { x: 24, y: 15 }, mode: 'monochrome' })]],
    [
      'layers over one another, each in its own mode',
      [
        layer(),
        layer({
          placement: { x: 13, y: 11 },
          source: noiseRaster({ width: 16, height: 12 }, 3, 5),
          mode: 'mixed',
        }),
        layer({ placement: { x: 8, y: 12 }, mask: faint, mode: 'average', alpha: 0.3 }),
      ],
    ],
    ['a layer beside the target among others', [layer({ placement: { x: 90, y: 0 } }), layer()]],
  ])('of %s is the whole images’ fused field on the window, in the window’s units', (_, layers) => {
    const { window, ...rest } = request(...layers);
    const { field, seam } = cloneGuidance({ window, ...rest });
    const whole = fusedWhole(layers.filter(({ placement }) => placement.x < 40));
    const units = Math.max(window.width, window.height) / 40;
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < window.height; y++) {
        for (let x = 0; x < window.width; x++) {
          const here = (c * window.height + y) * window.width + x;
          const there = (c * 30 + y + window.y) * 40 + x + window.x;
          const dx = x < window.width - 1 ? whole.field.dx[there]! * units : 0;
          const dy = y < window.height - 1 ? whole.field.dy[there]! * units : 0;
          expect(Math.abs(field.dx[here]! - dx)).toBeLessThan(1e-13);
          expect(Math.abs(field.dy[here]! - dy)).toBeLessThan(1e-13);
          if (c === 0) expect(seam.inside[here]).toBe(whole.inside[there]);
        }
      }
    }
    expect(seam.target).toEqual(gradientOf(crop(target, window), 'staggered'));
  });

  it('puts an upper layer over a lower one where both are whole, and keeps the lower one around it', () => {
    const [lower, upper] = [layer(), layer({ source: noiseRaster({ width: 16, height: 12 }, 3, 5) })];
    const small = { ...blob, data: blob.data.map((m, i) => (i % 16 < 8 ? m : 0)) };
    const both = cloneGuidance(request(lower, { ...upper, mask: small }));
    const alone = [lower, upper].map((one) => cloneGuidance({ ...request(lower), layers: [one] }).field.dx);
    const origins = [...both.field.dx].map((value, i) =>
      value === alone[1]![i] ? 'upper' : value === alone[0]![i] ? 'lower' : 'neither',
    );
    expect(new Set(origins)).toEqual(new Set(['upper', 'lower']));
  });

  it('does not change a bit when constants are added to target and source', () => {
    const { source } = layer();
    expect(
      cloneGuidance({ ...request(layer({ source: plus(source, -0.5) })), target: plus(target, 0.25) }),
    ).toEqual(cloneGuidance(request(layer())));
  });

  it('has the target’s own field, to the bit, where the sources are the target itself', () => {
    const own = crop(target, { x: 10, y: 9, width: 16, height: 12 });
    const { field, seam } = cloneGuidance(
      request(layer({ source: own }), layer({ source: own, mask: faint, mode: 'mixed' })),
    );
    expect(field).toEqual(seam.target);
    expect(
      largestDifference(
        field.dx,
        field.dx.map(() => 0),
      ),
    ).toBeGreaterThan(0);
  });
});
