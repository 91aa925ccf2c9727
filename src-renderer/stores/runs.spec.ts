import { describe, expect, it } from 'vitest';
import { curveOf, type Run } from './runs.svelte.ts';

const request = { kind: 'reconstruct', imageId: 'a', from: 'gradient', budget: { steps: 9 } } as const;
const run = (jobId: string, change: Partial<Run> = {}): Run => ({
  jobId,
  name: jobId,
  request,
  state: 'training',
  points: [],
  metrics: {},
  began: 0,
  colour: '',
  shown: true,
  ...change,
});
const points = [
  { step: 1, seconds: 0.1, loss: 1, learningRate: 0.05 },
  { step: 2, seconds: 0.2, loss: 0.5, learningRate: 0.04, exactPsnr: 20 },
];

describe('a curve', () => {
  it('has only the points at which its measure was taken', () => {
    expect(curveOf(run('a', { points }), 'exactPsnr', 'steps')).toEqual({ x: [2], y: [20] });
    expect(curveOf(run('a', { points }), 'loss', 'seconds')).toEqual({ x: [0.1, 0.2], y: [1, 0.5] });
  });

  it('of a finished run ends with the PSNR that was measured at every pixel, and with no loss of its own making', () => {
    const metrics = { exactPsnr: 33, steps: 9, seconds: 1 };
    const finished = run('a', { points, state: 'finished', metrics });
    expect(curveOf(finished, 'exactPsnr', 'steps')).toEqual({ x: [2, 9], y: [20, 33] });
    expect(curveOf(finished, 'loss', 'steps').x).toEqual([1, 2]);
  });
});
