import { describe, expect, it } from 'vitest';
import type { Mask } from '../../src-shared/model/mask.ts';
import { regionOf, windowAround } from './clone-window.ts';
import { identity } from '../../src-shared/model/composition.ts';

const target = { width: 40, height: 30 };
const source = { width: 8, height: 6 };
/** White in its middle four by two pixels. */
const mask: Mask = {
  width: 8,
  height: 6,
  data: Float32Array.from({ length: 48 }, (_, i) =>
    Number(i % 8 >= 2 && i % 8 < 6 && Math.floor(i / 8) >= 2 && Math.floor(i / 8) < 4),
  ),
};
const black = { ...mask, data: new Float32Array(48) };
const at = (x: number, y: number, changes = {}) => ({
  source,
  mask,
  transform: { ...identity, x, y, ...changes },
});
const refused = (code: string, layer: number) =>
  expect.objectContaining({ code, details: expect.objectContaining({ layer }) as object });

describe('regionOf', () => {
  it('is the box around every layer’s masked pixels on the target', () => {
    expect(regionOf(target, [at(0, 0)])).toEqual({ x: 2, y: 2, width: 4, height: 2 });
    expect(regionOf(target, [at(0, 0), at(20, 10)])).toEqual({ x: 2, y: 2, width: 24, height: 12 });
  });

  it('ends where the target ends', () => {
    expect(regionOf(target, [at(-4, 26)])).toEqual({ x: 0, y: 28, width: 2, height: 2 });
  });

  it.each([
    ['a mirror image', { flipX: true }, { x: 12, y: 12, width: 4, height: 2 }],
    ['a quarter turn on the grid', { rotation: 90 }, { x: 13, y: 11, width: 2, height: 4 }],
    ['twice the size, and what its resampling reaches', { scale: 2 }, { x: 8, y: 9, width: 12, height: 8 }],
    ['half a pixel aside, and a pixel around it', { x: 10.5 }, { x: 11, y: 11, width: 7, height: 4 }],
  ])('is around the masked pixels of %s', (_, changes, expected) => {
    expect(regionOf(target, [at(10, 10, changes)])).toEqual(expected);
  });

  it('says so where a turned source lies beside the target', () => {
    expect(() => regionOf(target, [at(60, 0, { rotation: 30 })])).toThrow(refused('nothing-to-clone', 0));
    expect(() => regionOf(target, [{ ...at(0, 0, { scale: 2 }), mask: black }])).toThrow(
      refused('empty-mask', 0),
    );
  });

  it('passes over layers that select nothing, as long as one does', () => {
    const layers = [at(99, 0), { ...at(0, 0), mask: black }, at(5, 5)];
    expect(regionOf(target, layers)).toEqual({ x: 7, y: 7, width: 4, height: 2 });
  });

  it('says of the first layer what is wrong where nothing is selected', () => {
    expect(() => regionOf(target, [at(99, 0), { ...at(0, 0), mask: black }])).toThrow(
      refused('nothing-to-clone', 0),
    );
    expect(() => regionOf(target, [{ ...at(0, 0), mask: black }])).toThrow(refused('empty-mask', 0));
  });

  it('refuses a mask of another size whatever the other layers are', () => {
    const odd = { ...at(0, 0), mask: { ...mask, width: 6, height: 8 } };
    expect(() => regionOf(target, [at(0, 0), odd])).toThrow(refused('size-mismatch', 1));
  });
});

describe('windowAround', () => {
  const region = { x: 11, y: 12, width: 7, height: 7 };

  it('covers the region with the margin around it', () => {
    expect(windowAround(region, 3, target)).toEqual({ x: 8, y: 9, width: 13, height: 13 });
  });

  it('is clipped to the target', () => {
    expect(windowAround({ x: 0, y: 25, width: 7, height: 5 }, 3, target)).toEqual({
      x: 0,
      y: 22,
      width: 10,
      height: 8,
    });
  });

  it.each([0, -1, 1.5])('refuses a margin of %s, with no pixel of target around the region', (margin) => {
    expect(() => windowAround(region, margin, target)).toThrow(
      expect.objectContaining({ code: 'bad-option' }),
    );
  });
});
