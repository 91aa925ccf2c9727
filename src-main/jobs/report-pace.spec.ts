import { describe, expect, it } from 'vitest';
import { ReportPace } from './report-pace.ts';

/** How many reports a training of steps of 20 ms makes from one second of it to another. */
function reports(from: number, to: number): number {
  const clock = { now: 0 };
  const pace = new ReportPace(() => clock.now);
  let count = 0;
  for (; clock.now < 1000 * to; clock.now += 20) {
    const trained = clock.now / 1000;
    if (!pace.isDue(trained)) continue;
    pace.told();
    if (trained >= from) count++;
  }
  return count;
}

describe('the pace of reports', () => {
  it('begins at once, four a second while it is watched how a training begins', () => {
    expect(new ReportPace(() => 0).isDue(0)).toBe(true);
    expect(reports(0, 5)).toBeGreaterThanOrEqual(18);
    expect(reports(0, 5)).toBeLessThanOrEqual(20);
  });

  it('goes on with two a second', () => {
    expect(reports(10, 20)).toBeGreaterThanOrEqual(18);
    expect(reports(10, 20)).toBeLessThanOrEqual(20);
  });
});
