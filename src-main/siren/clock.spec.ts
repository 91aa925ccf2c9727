import { describe, expect, it } from 'vitest';

import { Clock } from './clock.ts';

const shape = { value: 100, directional: 0, laplacian: 0 };
/** Three streams a sample: a step costs as much as two of `shape`. */
const dear = { value: 50, directional: 50, laplacian: 0 };

function clockAt(
  budget: { steps: number } | { seconds: number },
  before?: ConstructorParameters<typeof Clock>[1],
) {
  const time = { ms: 1000 };
  return { time, clock: new Clock(budget, before, () => time.ms) };
}

describe('the clock of a training', () => {
  it('knows exactly what is left of a budget in seconds, pauses left out', async () => {
    const { clock, time } = clockAt({ seconds: 10 });
    time.ms += 4000;
    const pause = clock.pause(Promise.resolve());
    time.ms += 60_000;
    await pause;
    expect(clock.seconds).toBe(4);
    expect(clock.fraction).toBe(0.4);
    expect(clock.secondsLeft(() => [])).toBe(6);
  });

  it('does not count a sleep of the machine, in a run of steps or between two, as training', () => {
    const { clock, time } = clockAt({ seconds: 10 });
    const run = (ms: number) => {
      time.ms += ms;
      clock.walk(4, shape, ms / 1000);
    };
    run(100);
    run(100);
    run(8 * 3_600_000);
    expect(clock.seconds).toBeCloseTo(0.3, 1);
    time.ms += 30_000;
    expect(clock.seconds).toBeCloseTo(0.4, 1);
    run(100);
    expect(clock.spent).toMatchObject({ steps: 16 });
    expect(clock.seconds).toBeCloseTo(0.5, 1);
    // Nor does it take the steps to come for hours.
    expect(clock.secondsLeft(() => [])).toBeCloseTo(9.5, 1);
  });

  it('keeps its pace over a sleep, and counts slow runs where all are', () => {
    const { clock, time } = clockAt({ steps: 300 });
    const run = (ms: number) => {
      time.ms += ms;
      clock.walk(1, shape, ms / 1000);
    };
    run(20_000);
    run(25_000);
    expect(clock.seconds).toBe(45);
    run(3_600_000);
    // As much as a run takes, about.
    expect(clock.seconds).toBeGreaterThan(60);
    expect(clock.seconds).toBeLessThanOrEqual(70);
    expect(clock.secondsLeft(() => [{ steps: 1, shape }])).toBeCloseTo(25, 0);
  });

  it('counts what a later program takes to compile, which is no sleep', () => {
    const { clock, time } = clockAt({ seconds: 60 });
    const run = (ms: number) => {
      time.ms += ms;
      clock.walk(4, shape, ms / 1000);
    };
    run(100);
    run(100);
    clock.compile();
    run(8000);
    expect(clock.seconds).toBeCloseTo(8.2, 5);
    for (let i = 0; i < 200; i++) run(100);
    run(8000);
    expect(clock.seconds).toBeLessThan(28.5);
  });

  it('goes on from what earlier runs have spent', () => {
    const { clock, time } = clockAt({ seconds: 10 }, { steps: 70, seconds: 27, legSteps: 20, legSeconds: 7 });
    time.ms += 1000;
    clock.walk(5, shape, 1);
    expect(clock.spent).toEqual({ steps: 75, seconds: 28, legSteps: 25, legSeconds: 8 });
    expect(clock.fraction).toBe(0.8);
    expect(clock.secondsLeft(() => [])).toBe(2);
  });

  it('counts steps to come at the pace of the latest, and dearer ones as dearer', () => {
    const { clock } = clockAt({ steps: 300 });
    clock.walk(100, shape, 2);
    const ahead = [
      { steps: 50, shape },
      { steps: 150, shape: dear },
    ];
    expect(clock.stepsLeft).toBe(200);
    expect(clock.secondsLeft(() => ahead)).toBeCloseTo(50 * 0.02 + 150 * 0.04, 10);
  });

  it('forgets a slow beginning', () => {
    const { clock } = clockAt({ steps: 3000 });
    clock.walk(1, shape, 5);
    for (let i = 0; i < 600; i++) clock.walk(2, shape, 0.1);
    expect(clock.secondsLeft(() => [{ steps: 100, shape }])).toBeCloseTo(5, 1);
  });
});
