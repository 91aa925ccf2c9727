import { expect, it } from 'vitest';
import { failureOf } from './failure.ts';
import { strings } from './strings.ts';

it('a failure says what is left of the training, and of one that never began only why', () => {
  const error = { code: 'internal', message: 'It broke.' } as const;
  const progress = {
    step: 1,
    fraction: 0.5,
    loss: 1,
    learningRate: 1,
    secondsElapsed: 1,
    secondsLeft: 1,
    stepsPerSecond: 1,
  };
  expect(failureOf({ error, kept: true, progress })).toBe(`It broke. ${strings.runs.kept}`);
  expect(failureOf({ error, kept: false, progress })).toBe(`It broke. ${strings.runs.lost}`);
  expect(failureOf({ error, kept: false, progress: null })).toBe('It broke.');
});
