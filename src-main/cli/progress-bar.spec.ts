import { describe, expect, it, vi } from 'vitest';
import { ProgressBar } from './progress-bar.ts';

const progress = {
  step: 5,
  fraction: 0.5,
  loss: 0.0123,
  learningRate: 1,
  stepsPerSecond: 31.44,
  secondsElapsed: 5,
  secondsLeft: 4.2,
};

describe('the progress bar', () => {
  it('is drawn in place on a terminal, and wiped away at the end', () => {
    const write = vi.fn<(text: string) => boolean>();
    const bar = new ProgressBar({ isTTY: true, write });
    bar.show(progress);
    bar.clear();
    expect(write.mock.calls[0]?.[0]).toMatch(
      /^\r.*█{15}░{15} 50 % {2}loss 0\.0123 {2}31\.4 steps\/s {2}5 s left$/,
    );
    expect(write.mock.calls[1]?.[0]).toBe('\r\x1b[2K');
  });

  it('keeps quiet where stderr is no terminal', () => {
    const write = vi.fn<(text: string) => boolean>();
    const bar = new ProgressBar({ write });
    bar.show(progress);
    bar.clear();
    expect(write).not.toHaveBeenCalled();
  });
});
