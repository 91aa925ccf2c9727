import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fit,
  keepInSight,
  maxScale,
  minScale,
  pan,
  resample,
  toPicture,
  toScreen,
  zoomAt,
} from './camera.ts';

const side = fc.integer({ min: 1, max: 4096 });
const extent = fc.record({ width: side, height: side });
const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const camera = fc.record({
  x: coordinate,
  y: coordinate,
  scale: fc.double({ min: minScale, max: maxScale, noNaN: true }),
});

describe('the camera', () => {
  it('maps to the screen and back to the same point', () => {
    fc.assert(
      fc.property(camera, extent, point, (cam, viewport, p) => {
        const back = toPicture(cam, viewport, toScreen(cam, viewport, p));
        expect(back.x).toBeCloseTo(p.x, 6);
        expect(back.y).toBeCloseTo(p.y, 6);
      }),
    );
  });

  it('holds the point under the pointer while zooming', () => {
    fc.assert(
      fc.property(
        camera,
        extent,
        point,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (cam, view, at, by) => {
          const held = toPicture(cam, view, at);
          const there = toScreen(zoomAt(cam, view, at, by), view, held);
          expect(Math.abs(there.x - at.x)).toBeLessThan(1e-4);
          expect(Math.abs(there.y - at.y)).toBeLessThan(1e-4);
        },
      ),
    );
  });

  it('never leaves its range of scales', () => {
    const cam = { x: 0, y: 0, scale: 1 };
    const view = { width: 100, height: 100 };
    expect(zoomAt(cam, view, { x: 0, y: 0 }, 1e9).scale).toBe(maxScale);
    expect(zoomAt(cam, view, { x: 0, y: 0 }, 1e-9).scale).toBe(minScale);
  });

  it('fits the whole picture, centred, touching the margin on one side at least', () => {
    const view = { width: 400, height: 300 };
    const cam = fit({ width: 200, height: 100 }, view, 20);
    expect(toScreen(cam, view, { x: 0, y: 0 })).toEqual({ x: 20, y: 60 });
    expect(toScreen(cam, view, { x: 200, y: 100 })).toEqual({ x: 380, y: 240 });
  });

  it('drags the picture along with the pointer', () => {
    const view = { width: 10, height: 10 };
    const cam = { x: 3, y: 4, scale: 2 };
    const before = toScreen(cam, view, { x: 1, y: 1 });
    const after = toScreen(pan(cam, 7, -5), view, { x: 1, y: 1 });
    expect([after.x - before.x, after.y - before.y]).toEqual([7, -5]);
  });

  it('keeps its centre on the picture', () => {
    const kept = keepInSight({ x: -50, y: 900, scale: 1 }, { width: 100, height: 80 });
    expect([kept.x, kept.y]).toEqual([0, 80]);
  });

  it('shows the same sight after the photograph is resampled', () => {
    const view = { width: 300, height: 300 };
    const cam = { x: 40, y: 10, scale: 3 };
    const finer = resample(cam, { width: 100, height: 50 }, { width: 200, height: 100 });
    expect(toScreen(finer, view, { x: 60, y: 80 })).toEqual(toScreen(cam, view, { x: 30, y: 40 }));
  });
});
