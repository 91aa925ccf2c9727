import { expect, it } from 'vitest';

import { worstOf } from './on-photographs.ts';

it('the worst of figures that should be large is the least, of those that should be small the largest', () => {
  expect(worstOf('at least', [41, 39.5, 44])).toBe(39.5);
  expect(worstOf('at most', [0.01, 0.03, 0.02])).toBe(0.03);
});

it('a figure that is missing leaves no worst one to pass', () => {
  expect(worstOf('at least', [41, undefined])).toBeUndefined();
  expect(worstOf('at least', [])).toBeUndefined();
});
