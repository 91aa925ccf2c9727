import { describe, expect, it } from 'vitest';
import type { AppInfo } from '../src-shared/contract/app-schemas.ts';
import type { Metrics } from '../src-shared/model/metrics.ts';
import { cardOf, runAsJson } from './run-card.ts';
import type { Run } from './stores/runs.svelte.ts';

const runWith = (metrics: Metrics): Run => ({
  jobId: 'j',
  name: '1 · a.png · gradient',
  request: { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 9 } },
  state: 'finished',
  points: [],
  metrics,
  began: 0,
  colour: '#000',
  shown: true,
});
const lineOf = (metrics: Metrics, name: string) =>
  cardOf(runWith(metrics), null).find(([known]) => known === name)?.[1];

describe('a run’s card', () => {
  it('says what its products were of, and nothing of it where that is not known', () => {
    expect(lineOf({ products: '8-bit' }, 'Matrix products')).toMatch(/backward pass.*8 bits.*float32/);
    expect(lineOf({ products: 'float32' }, 'Matrix products')).toBe('all in float32');
    expect(lineOf({}, 'Matrix products')).toBeUndefined();
  });

  it('says it to a program too', () => {
    expect(JSON.parse(runAsJson(runWith({ products: '8-bit' }), null))).toMatchObject({
      metrics: { products: '8-bit' },
    });
  });

  it('says which machine trained it, never one that only reads it', () => {
    const info = { machine: 'this one' } as AppInfo;
    const told = (metrics: Metrics) => {
      const run = runWith(metrics);
      const { machine } = JSON.parse(runAsJson(run, info)) as { machine?: string };
      return [cardOf(run, info).find(([name]) => name === 'Machine')?.[1], machine];
    };
    expect(told({ parameters: 9, machine: 'another one' })).toEqual(['another one', 'another one']);
    expect(told({ steps: 1 })).toEqual(['this one', 'this one']);
    expect(told({ steps: 1, parameters: 9 })).toEqual([undefined, undefined]);
  });

  it('says what computed, and how fast', () => {
    expect(lineOf({ engine: 'ort', provider: 'cpu' }, 'Engine')).toBe('ONNX Runtime, CPU');
    expect(lineOf({ steps: 1200 }, 'Steps')).toMatch(/1.?200/);
  });
});
