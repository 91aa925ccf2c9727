import { describe, expect, it } from 'vitest';
import { PreviewPace } from './preview-pace.ts';

function paced() {
  const clock = { now: 0 };
  return { clock, pace: new PreviewPace(() => clock.now) };
}

describe('the pace of previews', () => {
  it('lets the first one through at once', () => {
    expect(paced().pace.isDue).toBe(true);
  });

  it('holds the next one back until the last has been taken', () => {
    const { clock, pace } = paced();
    pace.sent(5, 0);
    clock.now = 1000;
    expect(pace.isDue).toBe(false);
    pace.acknowledged(4);
    expect(pace.isDue).toBe(false);
    pace.acknowledged(5);
    expect(pace.isDue).toBe(true);
  });

  it('does not wait for ever for a page that was closed', () => {
    const { clock, pace } = paced();
    pace.sent(5, 0);
    clock.now = 2000;
    expect(pace.isDue).toBe(true);
  });

  it('gives no more than ten a second, however cheap they are', () => {
    const { clock, pace } = paced();
    let sent = 0;
    for (; clock.now < 1000; clock.now += 7) {
      if (!pace.isDue) continue;
      pace.sent(sent, clock.now);
      pace.acknowledged(sent++);
    }
    expect(sent).toBeGreaterThan(5);
    expect(sent).toBeLessThanOrEqual(10);
  });

  it('leaves nine tenths of the time to the training, however dear they are', () => {
    const { clock, pace } = paced();
    let spent = 0;
    while (clock.now < 60_000) {
      if (pace.isDue) {
        const begun = clock.now;
        clock.now += 300;
        spent += 300;
        pace.sent(clock.now, begun);
        pace.acknowledged(clock.now);
      }
      clock.now += 10;
    }
    expect(spent / clock.now).toBeGreaterThan(0.08);
    expect(spent / clock.now).toBeLessThan(0.11);
  });
});
