import { describe, expect, it } from 'vitest';

import type { GradientField } from '../../src-shared/model/field.ts';
import type { Batch, BatchShape, Engine, Hyper, Terms, Training } from './engine.ts';
import { initialise } from './initialise.ts';
import type { Parameters } from './spec.ts';
import { train } from './trainer.ts';
import type { TrainingHooks, TrainingRequest } from './training.ts';

const side = 8;
const field: GradientField = {
  kind: 'gradient',
  operator: 'staggered',
  width: side,
  height: side,
  channels: 1,
  dx: Float64Array.from({ length: side * side }, (_, i) => Math.sin(i)),
  dy: Float64Array.from({ length: side * side }, (_, i) => Math.cos(i)),
};
const exact = Float64Array.from({ length: side * side }, (_, i) => (i % 2 === 0 ? 0.5 : -0.5));
const spec = { channels: 1, hidden: 4, layers: 2, omega: 5 } as const;

/** An engine that trains nothing: it tells the losses it is given and records what it was asked. */
class ScriptedEngine implements Engine {
  readonly name = 'ort';
  readonly provider = 'cpu';
  readonly threads = 1;
  readonly hypers: Hyper[] = [];
  readonly shapes: BatchShape[] = [];
  restored: Parameters[] = [];
  disposed = 0;
  private version = 0;

  constructor(
    private readonly lossAt: (step: number) => number,
    private readonly stepsPerRun = 2,
  ) {}

  train(): Promise<Training> {
    const samples = (n: number) => ({
      points: new Float32Array(2 * n),
      direction: new Float32Array(2 * n),
      target: new Float32Array(n),
      weight: new Float32Array(n),
    });
    return Promise.resolve({
      program: (shape: BatchShape) => {
        this.shapes.push(shape);
        const batch = (): Batch => ({
          value: samples(shape.value),
          directional: samples(shape.directional),
          laplacian: samples(shape.laplacian),
        });
        return Promise.resolve({
          batches: Array.from({ length: this.stepsPerRun }, batch),
          flopsPerStep: 1e6,
          run: (hypers: readonly Hyper[]): Promise<Terms[]> =>
            Promise.resolve(
              hypers.map((hyper) => {
                this.hypers.push(hyper);
                this.version++;
                return { value: this.lossAt(this.hypers.length), directional: 0, laplacian: 0 };
              }),
            ),
        });
      },
      parameters: () => Promise.resolve(initialise(spec, this.version)),
      restore: (parameters: Parameters) => {
        this.restored.push(parameters);
        return Promise.resolve();
      },
      state: () => Promise.resolve(new Float32Array()),
      resume: () => Promise.resolve(),
      dispose: () => {
        this.disposed++;
        return Promise.resolve();
      },
    });
  }

  evaluate(): never {
    throw new Error('training evaluates nothing');
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

const run = (
  engine: Engine,
  request: Partial<TrainingRequest> = {},
  hooks: TrainingHooks = {},
  signal = new AbortController().signal,
) =>
  train(
    signal,
    {
      guidance: { field },
      spec,
      loss: 'integrated',
      optimiser: 'muon',
      budget: { steps: 25 },
      seed: 1,
      engine,
      solve: () => exact,
      ...request,
    },
    hooks,
  );

describe('the trainer', () => {
  it('takes exactly the steps of its budget, whatever a run holds, and tells them', async () => {
    const engine = new ScriptedEngine((step) => 1 / step);
    const seen: number[] = [];
    const outcome = await run(engine, {}, { progress: ({ step }) => seen.push(step) });
    expect(engine.hypers).toHaveLength(25);
    expect(outcome.steps).toBe(25);
    expect(seen.at(-1)).toBe(25);
    expect(outcome.lossCurve.map(({ step }) => step)).toEqual(seen);
    expect(engine.disposed).toBe(1);
  });

  it('lets the learning rate rise, then fall to its floor', async () => {
    const engine = new ScriptedEngine(() => 1);
    await run(engine, { budget: { steps: 200 } });
    const rates = engine.hypers.map(({ muonRate }) => muonRate);
    const peak = rates.indexOf(Math.max(...rates));
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(20);
    expect(rates.at(-1)!).toBeLessThan(0.03 * rates[peak]!);
  });

  it('goes through the balanced schedule: values first, then derivatives beside them', async () => {
    const engine = new ScriptedEngine(() => 1);
    await run(engine, { loss: 'balanced', budget: { steps: 60 } });
    expect(engine.shapes[0]).toMatchObject({ directional: 0, laplacian: 0 });
    expect(engine.shapes.at(-1)!.directional).toBeGreaterThan(0);
    expect(engine.shapes.at(-1)!.value).toBeGreaterThan(0);
  });

  it('asks for derivatives alone when the loss is the residual', async () => {
    const engine = new ScriptedEngine(() => 1);
    await run(engine, { loss: 'residual' });
    expect(engine.shapes).toHaveLength(1);
    expect(engine.shapes[0]).toMatchObject({ value: 0, laplacian: 0 });
  });

  it('asks for no more samples than there are, and survives a field without any', async () => {
    const tiny = { ...field, width: 1, height: 1, dx: new Float64Array(1), dy: new Float64Array(1) };
    const engine = new ScriptedEngine(() => 0);
    await run(engine, {
      loss: 'residual',
      guidance: { field: tiny },
      solve: () => new Float64Array(1),
    });
    expect(engine.shapes).toEqual([{ value: 1, directional: 0, laplacian: 0 }]);
  });

  it('goes back to the best network with half the rate when the loss leaps', async () => {
    const engine = new ScriptedEngine((step) => (step === 121 ? 1e6 : 1 / step), 1);
    await run(engine, { budget: { steps: 240 } });
    expect(engine.restored).toHaveLength(1);
    const [before, after] = [engine.hypers[119]!.muonRate, engine.hypers[121]!.muonRate];
    expect(after / before).toBeCloseTo(0.5, 1);
  });

  it('keeps the best network where the loss ends above it', async () => {
    const rising = new ScriptedEngine((step) => (step < 100 ? 1 / step : 0.07), 1);
    const outcome = await run(rising, { budget: { steps: 300 } });
    const last = initialise(spec, 300);
    expect(outcome.parameters.W[1]).not.toEqual(last.W[1]);
  });

  it('gives up with a sentence when the loss cannot be brought back', async () => {
    const engine = new ScriptedEngine(() => Number.NaN, 1);
    await expect(run(engine, { budget: { steps: 1000 } })).rejects.toMatchObject({ code: 'diverged' });
    expect(engine.disposed).toBe(1);
  });

  it('stops when asked, with what it has', async () => {
    const engine = new ScriptedEngine(() => 1);
    let asked = 0;
    const outcome = await run(engine, { budget: { steps: 1000 } }, { stopped: () => ++asked > 5 });
    expect(outcome.steps).toBe(10);
  });

  it('rejects with cancelled when aborted, before and during, and frees the engine', async () => {
    const aborted = AbortSignal.abort();
    const engine = new ScriptedEngine(() => 1);
    await expect(run(engine, {}, {}, aborted)).rejects.toMatchObject({ code: 'cancelled' });
    const controller = new AbortController();
    const hooks = { progress: ({ step }: { step: number }) => step >= 6 && controller.abort() };
    await expect(run(engine, {}, hooks, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.hypers).toHaveLength(6);
    expect(engine.disposed).toBe(1);
  });

  it('waits while paused, without spending its budget', async () => {
    const engine = new ScriptedEngine(() => 1);
    let release: () => void = () => undefined;
    const pause = new Promise<void>((resolve) => (release = resolve));
    let pauses = 0;
    const waiting = run(engine, {}, { paused: () => (pauses++ === 3 ? pause : undefined) });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(engine.hypers).toHaveLength(6);
    release();
    expect((await waiting).steps).toBe(25);
  });

  it('refuses a spec that cannot be trained', async () => {
    const engine = new ScriptedEngine(() => 1);
    await expect(run(engine, { spec: { ...spec, hidden: 0 } })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(run(engine, { spec: { ...spec, omega: -1 } })).rejects.toMatchObject({ code: 'bad-option' });
  });
});
