import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  identity,
  inverse,
  mapPoint,
  toMatrix,
  type Point,
  type Transform,
} from '../../../src-shared/model/composition.ts';
import { flipped, moved, reset, scaled, settled, turned, wrapped } from './adjust.ts';
import { centreOf, cornersOf, onlyMoves } from './frame.ts';

const sides = fc.record({
  width: fc.integer({ min: 1, max: 900 }),
  height: fc.integer({ min: 1, max: 900 }),
});
const place = fc.double({ min: -500, max: 500, noNaN: true });
const transforms: fc.Arbitrary<Transform> = fc
  .record({
    x: place,
    y: place,
    scale: fc.double({ min: 0.1, max: 8, noNaN: true }),
    rotation: fc.double({ min: -720, max: 720, noNaN: true }),
    flipX: fc.boolean(),
    flipY: fc.boolean(),
  })
  .map(settled);
const near = (a: Point, b: Point, within: number) => {
  expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(within);
};

describe('a transform', () => {
  it('once settled is settled, and stands on whole pixels where nothing is resampled', () => {
    fc.assert(
      fc.property(transforms, (transform) => {
        expect(settled(transform)).toEqual(transform);
        expect(onlyMoves(reset(transform, { width: 31, height: 20 }, { x: 4.5, y: 7 }))).toBe(true);
        expect(Number.isInteger(settled({ ...identity, x: transform.x }).x)).toBe(true);
      }),
      { seed: 3 },
    );
  });

  it('moves by whole pixels and keeps what else it does', () => {
    fc.assert(
      fc.property(transforms, place, place, (transform, dx, dy) => {
        const { x, y, ...rest } = moved(transform, dx, dy);
        expect(x - transform.x).toBeCloseTo(Math.round(dx), 6);
        expect(y - transform.y).toBeCloseTo(Math.round(dy), 6);
        expect([rest.scale, rest.rotation]).toEqual([transform.scale, transform.rotation]);
      }),
      { seed: 3 },
    );
  });

  it('is scaled about a point that stays on the same place of the source', () => {
    fc.assert(
      fc.property(
        transforms,
        sides,
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        place,
        place,
        (t, size, by, ax, ay) => {
          const anchor = { x: ax, y: ay };
          const after = scaled(t, size, by, anchor);
          const before = mapPoint(inverse(toMatrix(t, size)), anchor);
          // A place is kept to a hundredth of a pixel, and to a whole one where nothing is resampled any more.
          near(mapPoint(toMatrix(after, size), before), anchor, after.scale === 1 ? 0.75 : 0.01);
        },
      ),
      { seed: 3 },
    );
  });

  it('is turned about a point that stays where it is, with steps to a multiple of them', () => {
    fc.assert(
      fc.property(
        transforms,
        sides,
        fc.double({ min: -400, max: 400, noNaN: true }),
        place,
        place,
        (t, size, angle, x, y) => {
          const pivot = { x, y };
          const held = mapPoint(inverse(toMatrix(t, size)), pivot);
          const after = turned(t, size, angle, pivot);
          near(mapPoint(toMatrix(after, size), held), pivot, onlyMoves(after) ? 0.75 : 0.01);
          expect(Math.abs(turned(t, size, angle, pivot, 15).rotation % 15)).toBe(0);
        },
      ),
      { seed: 3 },
    );
  });

  it('is mirrored as it is seen, whatever its turn: each corner goes to its mirror image', () => {
    const part = fc.record({ x: fc.nat(40), y: fc.nat(40), width: fc.nat(90), height: fc.nat(90) });
    fc.assert(
      fc.property(
        transforms,
        sides,
        part,
        fc.constantFrom('x' as const, 'y' as const),
        (t, size, box, across) => {
          const before = cornersOf(t, size, box);
          const centre = centreOf(before);
          const mirror = (p: Point) =>
            across === 'x' ? { x: 2 * centre.x - p.x, y: p.y } : { x: p.x, y: 2 * centre.y - p.y };
          const after = flipped(t, size, across, centre);
          const within = after.scale === 1 && after.rotation === 0 ? 0.75 : 0.01;
          const corners = cornersOf(after, size, box);
          before.forEach((corner, i) => near(corners[i]!, mirror(corner), within));
        },
      ),
      { seed: 3 },
    );
  });
});

describe('an angle', () => {
  it('is wrapped to more than -180° and at most 180°', () => {
    expect([0, 180, -180, 181, 540, -90, 720].map(wrapped)).toEqual([0, 180, 180, -179, 180, -90, 0]);
  });
});
