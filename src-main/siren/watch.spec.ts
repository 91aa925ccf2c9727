import { describe, expect, it } from 'vitest';

import { initialise } from './initialise.ts';
import { smallSpec } from './testing.ts';
import { Watch } from './watch.ts';

const network = (seed: number) => initialise(smallSpec(1), seed);

/** Shows losses one after the other, keeping network number i at each new best. */
function watched(losses: readonly number[], watch = new Watch()) {
  const verdicts = losses.map((loss, i) => {
    const verdict = watch.see(loss);
    if (verdict === 'best') watch.keep(network(i));
    return verdict;
  });
  return { watch, verdicts };
}

describe('watching the loss', () => {
  it('keeps networks as the loss falls, and falls back on the last kept when it rises', () => {
    const falling = Array.from({ length: 60 }, (_, i) => 0.95 ** i);
    const { watch, verdicts } = watched(falling);
    expect(verdicts.filter((verdict) => verdict === 'best').length).toBeGreaterThan(3);
    expect(watch.isWorse()).toBe(false);
    const kept = watch.best;
    watched(new Array<number>(40).fill(3 * watch.loss), watch);
    expect(watch.isWorse()).toBe(true);
    expect(watch.best).toBe(kept);
  });

  it('calls a leap what is far above the running mean, or no number', () => {
    const steady = new Array<number>(30).fill(1);
    expect(watched([...steady, 2]).verdicts.at(-1)).not.toBe('leapt');
    expect(watched([...steady, 100]).verdicts.at(-1)).toBe('leapt');
    expect(watched([Number.NaN]).verdicts).toEqual(['leapt']);
    expect(watched([1, Infinity]).verdicts.at(-1)).toBe('leapt');
  });

  it('does not compare the losses of different phases', () => {
    const { watch } = watched(new Array<number>(40).fill(0.01));
    watch.enter();
    const { verdicts } = watched(new Array<number>(40).fill(5), watch);
    expect(verdicts).not.toContain('leapt');
    expect(verdicts).toContain('best');
    expect(watch.isWorse()).toBe(false);
  });
});
