import { describe, expect, it } from 'vitest';
import { perfectPsnr } from '../src-shared/model/metrics.ts';
import { count, decibel, duration, small, values } from './format.ts';

describe('numbers for people', () => {
  it('tell time in the largest unit that says something', () => {
    expect([-1, 8.4, 120, 125, 3725].map(duration)).toEqual([
      '0 s',
      '8 s',
      '2 min',
      '2 min 05 s',
      '1 h 02 min',
    ]);
  });

  it('write small numbers without a row of zeros', () => {
    expect([0.0123, 0.00000314, 0, 1].map(small)).toEqual(['0.0123', '3.1e-6', '0.00', '1.00']);
  });

  it('say decibels with one decimal, and infinity as such', () => {
    expect([decibel(41.27), decibel(perfectPsnr)]).toEqual(['41.3 dB', '∞ dB']);
  });

  it('group thousands', () => {
    expect(count(198657)).toBe('198,657');
  });

  it('keep a sign’s place so that readings stand still', () => {
    expect(values([0.5, -0.25]).length).toBe(values([0.5, 0.25]).length);
    expect(values([-12.34, 1234])).toBe('−12.3 \u20071234');
  });
});
