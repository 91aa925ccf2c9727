import { describe, expect, it } from 'vitest';
import { checkpointEvery, CheckpointPace } from './checkpoint-pace.ts';

function pace() {
  const time = { ms: 0 };
  return { time, pace: new CheckpointPace(() => time.ms) };
}

describe('checkpoints', () => {
  it('come every two seconds while they cost little', () => {
    const { time, pace: due } = pace();
    expect(due.isDue).toBe(false);
    time.ms = checkpointEvery;
    expect(due.isDue).toBe(true);
    time.ms += 5;
    due.taken(checkpointEvery);
    time.ms = 2 * checkpointEvery - 1;
    expect(due.isDue).toBe(false);
    time.ms++;
    expect(due.isDue).toBe(true);
  });

  it('come more seldom where they cost much, so that they take a fiftieth of the time', () => {
    const { time, pace: due } = pace();
    time.ms = 2000;
    time.ms += 60;
    due.taken(2000);
    time.ms = 2060 + 50 * 60 - 1;
    expect(due.isDue).toBe(false);
    time.ms++;
    expect(due.isDue).toBe(true);
  });

  it('come often enough that no more than five seconds are lost, whatever they cost', () => {
    const { time, pace: due } = pace();
    time.ms = 2000;
    time.ms += 500;
    due.taken(2000);
    time.ms = 5999;
    expect(due.isDue).toBe(false);
    time.ms++;
    expect(due.isDue).toBe(true);
  });
});
