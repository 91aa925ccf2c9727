import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, inverse, isOnGrid, mapPoint, movedTo, toMatrix, type Transform } from './composition.ts';

const size = fc.record({
  width: fc.integer({ min: 1, max: 5000 }),
  height: fc.integer({ min: 1, max: 5000 }),
});
const within = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const transform: fc.Arbitrary<Transform> = fc.record({
  x: within(5000),
  y: within(5000),
  scale: fc.double({ min: 0.01, max: 64, noNaN: true }),
  rotation: within(360),
  flipX: fc.boolean(),
  flipY: fc.boolean(),
});
const point = fc.record({ x: within(5000), y: within(5000) });
const radians = (degrees: number) => (degrees * Math.PI) / 180;

describe('toMatrix', () => {
  it('moves by whole pixels and nothing else where nothing else is asked, exactly', () => {
    fc.assert(
      fc.property(size, fc.integer(), fc.integer(), (source, x, y) => {
        expect(toMatrix(movedTo({ x, y }), source)).toEqual({ a: 1, b: 0, c: -0, d: 1, e: x, f: y });
      }),
    );
    expect(toMatrix(identity, { width: 7, height: 4 })).toEqual({ a: 1, b: 0, c: -0, d: 1, e: 0, f: 0 });
  });

  it('is what the definition says, written out by complex numbers', () => {
    fc.assert(
      fc.property(transform, size, point, (t, source, p) => {
        const [cx, cy] = [source.width / 2, source.height / 2];
        const u = (p.x - cx) * t.scale * (t.flipX ? -1 : 1);
        const v = (p.y - cy) * t.scale * (t.flipY ? -1 : 1);
        const angle = Math.atan2(v, u) + radians(t.rotation);
        const far = Math.hypot(u, v);
        const found = mapPoint(toMatrix(t, source), p);
        expect(Math.abs(found.x - (t.x + cx + far * Math.cos(angle)))).toBeLessThan(1e-6);
        expect(Math.abs(found.y - (t.y + cy + far * Math.sin(angle)))).toBeLessThan(1e-6);
      }),
    );
  });

  it('leaves the source’s centre where a mere move puts it, whatever the turn', () => {
    fc.assert(
      fc.property(transform, size, (t, source) => {
        const { x, y } = mapPoint(toMatrix(t, source), { x: source.width / 2, y: source.height / 2 });
        expect(Math.abs(x - t.x - source.width / 2)).toBeLessThan(1e-6);
        expect(Math.abs(y - t.y - source.height / 2)).toBeLessThan(1e-6);
      }),
    );
  });

  it('turns clockwise on the screen: what was on top comes to the right', () => {
    const matrix = toMatrix({ ...identity, rotation: 90 }, { width: 4, height: 4 });
    expect(mapPoint(matrix, { x: 2, y: 0 })).toEqual({ x: 4, y: 2 });
  });
});

describe('inverse', () => {
  it('brings every point back', () => {
    fc.assert(
      fc.property(transform, size, point, (t, source, p) => {
        const matrix = toMatrix(t, source);
        const back = mapPoint(inverse(matrix), mapPoint(matrix, p));
        expect(Math.abs(back.x - p.x)).toBeLessThan(1e-6);
        expect(Math.abs(back.y - p.y)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('isOnGrid', () => {
  const odd = { width: 4, height: 3 };
  const even = { width: 4, height: 2 };
  it.each([
    ['a move by whole pixels', { x: -3, y: 12 }, odd, true],
    ['a move between pixels', { x: 0.5 }, odd, false],
    ['a mirror image', { flipX: true }, odd, true],
    ['inside out', { flipX: true, flipY: true }, odd, true],
    ['half a turn', { rotation: -180 }, odd, true],
    ['a quarter turn of sides alike in parity', { rotation: 90, flipY: true }, even, true],
    ['a quarter turn of an odd and an even side', { rotation: 90 }, odd, false],
    ['the same, half a pixel further', { rotation: 450, x: 0.5, y: -0.5 }, odd, true],
    ['a small turn', { rotation: 1 }, even, false],
    ['twice the size', { scale: 2 }, even, false],
  ])('knows of %s', (_, changes, source, expected) => {
    expect(isOnGrid(toMatrix({ ...identity, ...changes }, source))).toBe(expected);
  });
});
