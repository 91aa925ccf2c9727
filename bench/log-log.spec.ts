import { describe, expect, it } from 'vitest';

import { powerLaw, timeText, timeTo } from './log-log.ts';

it('finds the exponent and the factor of a power law', () => {
  const found = powerLaw([1, 3, 10, 50].map((x) => ({ x, y: 2.5 * x ** 1.3 })));
  expect(found.exponent).toBeCloseTo(1.3, 12);
  expect(found.factor).toBeCloseTo(2.5, 12);
});

describe('the time to a quality', () => {
  const curve = [
    { seconds: 1, decibels: 30 },
    { seconds: 4, decibels: 40 },
  ];

  it('lies between two points on the logarithm of time', () => {
    expect(timeTo(35, curve)).toEqual({ seconds: 2, first: false });
  });

  it('is no more than the first point where that is good enough', () => {
    expect(timeTo(29, curve)).toEqual({ seconds: 1, first: true });
  });

  it('is unknown where the curve ends below it', () => {
    expect(timeTo(41, curve)).toBeUndefined();
  });

  it('reads well in a table', () => {
    expect([29, 35, 41].map((decibels) => timeText(decibels, curve))).toEqual(['≤ 1', '2', '–']);
  });
});
