import { describe, expect, it } from 'vitest';
import { decadesOf } from './decades.ts';

describe('the ticks of a logarithmic axis', () => {
  const over = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, k) => [1, 2, 5].map((part) => part * 10 ** (from + k))).flat();
  const shown = (ticks: readonly (number | null)[], most: number) =>
    decadesOf(ticks, most).filter((tick) => tick !== null);

  it('are the powers of ten, as many as fit, evenly apart', () => {
    expect(shown(over(-3, 1), 6)).toEqual([0.001, 0.01, 0.1, 1]);
    const few = shown(over(-13, 1), 5).map((tick) => Math.round(Math.log10(tick)));
    expect(few).toEqual([-12, -9, -6, -3, 0]);
  });

  it('are all there are within one power', () => {
    expect(decadesOf([0.1, 0.2, null, 0.5], 3)).toEqual([0.1, 0.2, null, 0.5]);
  });
});
