import { describe, expect, it } from 'vitest';
import { PreviewPace, previewPixels } from './preview-pace.ts';

function paced() {
  const clock = { now: 0 };
  return { clock, pace: new PreviewPace(() => clock.now) };
}

interface Told {
  readonly at: number;
  readonly pixels: number;
}

/**
 * A training of so many seconds, in runs of steps of 80 ms.
 *
 * @param msPerPixel what evaluating a pixel takes
 * @param drawing ms that the page takes for each; null: nobody looks
 */
function train(seconds: number, msPerPixel: number, drawing: number | null) {
  const { clock, pace } = paced();
  const told: Told[] = [];
  let [spent, drawn] = [0, Infinity];
  for (let step = 0; clock.now < 1000 * seconds; step++) {
    if (clock.now >= drawn) {
      pace.acknowledged(step);
      drawn = Infinity;
    }
    const trained = clock.now / 1000;
    if (pace.isDue) {
      const begun = clock.now;
      const pixels = pace.pixels(trained);
      clock.now += pixels * msPerPixel;
      spent += pixels * msPerPixel;
      pace.sent(step, { begun, trained, pixels });
      if (drawing !== null) drawn = clock.now + drawing;
      told.push({ at: begun, pixels });
    }
    clock.now += 80;
  }
  const between = (from: number, to: number) =>
    told.filter(({ at }) => at >= 1000 * from && at < 1000 * to).length;
  return { told, between, share: spent / clock.now };
}

/** A slow machine evaluates a full preview in 80 ms, a fast one in 2, of as many pixels as a network usually sees. */
const slow = 80 / previewPixels.most;
const fast = 2 / previewPixels.most;

describe('the pace of previews', () => {
  it('lets the first ones through coarse, because nobody knows what it takes', () => {
    const { pace } = paced();
    expect([pace.isDue, pace.pixels(0)]).toEqual([true, previewPixels.least]);
  });

  it('holds the next one back until the last has been drawn', () => {
    const { clock, pace } = paced();
    pace.sent(5, { begun: 0, trained: 0, pixels: 4096 });
    clock.now = 1000;
    expect(pace.isDue).toBe(false);
    pace.acknowledged(4);
    expect(pace.isDue).toBe(false);
    pace.acknowledged(5);
    clock.now = 4000;
    expect(pace.isDue).toBe(true);
  });

  it('is lively in the first seconds, also on a slow machine, and the rarer the longer it goes on', () => {
    const { between } = train(120, slow, 40);
    expect(between(0, 3)).toBeGreaterThanOrEqual(6);
    expect(between(3, 10)).toBeGreaterThanOrEqual(5);
    expect(between(3, 10)).toBeLessThanOrEqual(10);
    expect(between(60, 120)).toBeGreaterThanOrEqual(18);
    expect(between(60, 120)).toBeLessThanOrEqual(21);
  });

  it('makes them finer as they get rarer, and soon where evaluating is cheap', () => {
    const onSlow = train(10, slow, 40).told;
    expect(onSlow[1]?.pixels).toBeLessThan(previewPixels.most / 2);
    expect(onSlow.at(-1)?.pixels).toBe(previewPixels.most);
    expect(train(10, fast, 5).told[2]?.pixels).toBe(previewPixels.most);
  });

  it('takes a twentieth of the training at most, however dear they are, whoever draws', () => {
    for (const drawing of [5, 40, 400]) {
      expect(train(60, slow, drawing).share).toBeLessThan(0.05);
      expect(train(60, 10 * slow, drawing).share).toBeLessThan(0.065);
    }
  });

  it('gives no more than ten a second, however cheap they are', () => {
    expect(train(3, fast, 1).between(0, 1)).toBeLessThanOrEqual(10);
  });

  it('leaves three quarters of its time to a page that draws slowly', () => {
    const { between } = train(3, fast, 300);
    expect(between(0, 3)).toBeLessThanOrEqual(3);
    expect(between(0, 3)).toBeGreaterThanOrEqual(2);
  });

  it('goes on where nobody looks, for the figures, at a hundredth of the time', () => {
    const { told, share } = train(60, slow, null);
    expect(told.length).toBeGreaterThan(6);
    expect(share).toBeLessThan(0.0105);
  });

  it('is there again soon once somebody looks who was away', () => {
    const { clock, pace } = paced();
    pace.sent(5, { begun: 0, trained: 60, pixels: 4096 });
    clock.now = 4900;
    pace.acknowledged(5);
    clock.now = 6500;
    expect(pace.isDue).toBe(true);
  });
});
