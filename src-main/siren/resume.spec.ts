import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { GradientField } from '../../src-shared/model/field.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.ts';
import { PlainEngine } from './plain-engine.ts';
import type { Schedule } from './schedule.ts';
import { train } from './trainer.ts';
import type { TrainingHooks, TrainingRequest } from './training.ts';

const side = 6;
const shared = { operator: 'staggered', width: side, height: side, channels: 1 } as const;
/** u = sin(2x) cos(y) on the pixels, its differences, and itself as its exact solution. */
const u = Float64Array.from(
  { length: side * side },
  (_, i) => Math.sin(2 * (i % side)) * Math.cos(Math.floor(i / side)),
);
const difference = (by: number, last: (i: number) => boolean) =>
  u.map((value, i) => (last(i) ? 0 : ((u[i + by]! - value) * side) / 2));
const field: GradientField = {
  kind: 'gradient',
  ...shared,
  dx: difference(1, (i) => i % side === side - 1),
  dy: difference(side, (i) => i >= side * (side - 1)),
};
const mean = u.reduce((sum, value) => sum + value, 0) / u.length;
const exact = u.map((value) => value - mean);

const rates = { muon: 0.05, first: 1e-3, hidden: 0.03, output: 1e-3 };
const schedule: Schedule = {
  rates,
  decay: 'power',
  phases: [
    {
      until: 0.5,
      shape: { value: 7, directional: 0, laplacian: 0 },
      weights: { value: 1, directional: 0, laplacian: 0 },
    },
    {
      until: 1,
      shape: { value: 5, directional: 4, laplacian: 0 },
      weights: { value: 1, directional: 0.1, laplacian: 0 },
    },
  ],
};

const request = (changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  guidance: { field },
  spec: { channels: 1, hidden: 5, layers: 2, omega: 5 },
  loss: 'balanced',
  optimiser: 'muon',
  budget: { steps: 60 },
  seed: 3,
  engine: new PlainEngine(2),
  solve: () => exact.slice(),
  schedule,
  ...changes,
});

const run = (changes: Partial<TrainingRequest> = {}, hooks: TrainingHooks = {}) =>
  train(new AbortController().signal, request(changes), hooks);

/** The training's state, through a file, as it stood after `step` steps; the training ends there. */
async function leaveAt(step: number, changes: Partial<TrainingRequest> = {}): Promise<Checkpoint> {
  let left: Uint8Array | undefined;
  let steps = 0;
  await run(changes, {
    progress: (progress) => void (steps = progress.step),
    stopped: () => steps >= step,
    checkpoint: async (take) => void (left = encodeCheckpoint(await take())),
  });
  return decodeCheckpoint(left!);
}

/** What a training came to, all but the time it took. */
const result = ({ parameters, loss, steps, lossCurve }: Awaited<ReturnType<typeof run>>) => ({
  parameters,
  loss,
  steps,
  curve: lossCurve.map((point) => [point.step, point.loss]),
});

describe('a training that is left and resumed', () => {
  it('comes to what it would have come to, to the bit, wherever it is left', async () => {
    const straight = result(await run());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 61 }), async (step) => {
        const resumed = result(await run({ resume: await leaveAt(step) }));
        expect(resumed).toEqual(straight);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  it('does so after being left again and again, one step to a run or many', async () => {
    const engine = new PlainEngine(1);
    const straight = result(await run({ engine }));
    let resume = await leaveAt(13, { engine });
    for (const step of [14, 29, 31, 58]) resume = await leaveAt(step, { engine, resume });
    expect(result(await run({ engine, resume }))).toEqual(straight);
  });

  it('remembers its recoveries from a leap of the loss', async () => {
    // One long phase, and a rate that is fine at first and then throws the network about.
    const [, last] = schedule.phases;
    const wild: Partial<TrainingRequest> = {
      engine: new PlainEngine(1),
      schedule: {
        rates: { muon: 10, first: 5, hidden: 5, output: 100 },
        decay: 'cosine',
        phases: [{ ...last!, until: 1 }],
      },
    };
    const straight = await run(wild);
    const resume = await leaveAt(44, wild);
    expect(resume.recoveries).toBeGreaterThan(0);
    expect(result(await run({ ...wild, resume }))).toEqual(result(straight));
  });

  it('goes on with a clock in seconds from what is spent', async () => {
    const left = await leaveAt(6, { budget: { seconds: 100 } });
    const resume = { ...left, spent: { ...left.spent, seconds: 99.9, legSeconds: 99.9 } };
    const fractions: number[] = [];
    const { seconds } = await run(
      { budget: { seconds: 100 }, resume },
      { progress: ({ fraction }) => fractions.push(fraction) },
    );
    expect(fractions[0]).toBeGreaterThan(0.999);
    expect(seconds).toBeGreaterThanOrEqual(100);
  });

  it('refuses the state of another network, seed or picture with a sentence', async () => {
    const resume = await leaveAt(4);
    const other = { ...field, dx: field.dx.map((value) => value + 1e-12) };
    for (const changes of [
      { seed: 4 },
      { optimiser: 'adam' },
      { spec: { channels: 1, hidden: 6, layers: 2, omega: 5 } },
      { guidance: { field: other } },
    ] as const) {
      await expect(run({ ...changes, resume })).rejects.toMatchObject({ code: 'bad-checkpoint' });
    }
  });
});

describe('a training that is trained further', () => {
  it('spends a budget of its own, goes on counting, and ends no farther from the exact solution', async () => {
    const left = await leaveAt(60);
    const distanceOf = async (parameters: Awaited<ReturnType<typeof run>>['parameters']) => {
      const points = new Float32Array(2 * side * side).map(
        (_, i) => (2 * (i % 2 === 0 ? (i >> 1) % side : Math.floor((i >> 1) / side)) + 1) / side - 1,
      );
      const { value } = await new PlainEngine().evaluate(request().spec, parameters, points);
      const off = value.map((phi, i) => phi - exact[i]!);
      const constant = off.reduce((sum, d) => sum + d, 0) / off.length;
      return off.reduce((sum, d) => sum + (d - constant) ** 2, 0);
    };
    const first = await run({ resume: left });
    const further = await run({ resume: left, leg: 1, budget: { steps: 80 } });
    expect(further.steps).toBe(140);
    expect(further.lossCurve.map(({ step }) => step)).toContain(60);
    expect(await distanceOf(further.parameters)).toBeLessThanOrEqual(await distanceOf(first.parameters));
    // Rates that destroy what was learned leave the earlier network in its place.
    const wild = { ...schedule, rates: { muon: 100, first: 30, hidden: 30, output: 300 } };
    const ruined = await run({ resume: left, leg: 1, schedule: wild, budget: { steps: 20 } });
    expect(ruined.parameters).toEqual(first.parameters);
  });

  it('can itself be left and resumed to the bit', async () => {
    const first = await leaveAt(60);
    const leg = { resume: first, leg: 1, budget: { steps: 30 } };
    const straight = result(await run(leg));
    const resume = await leaveAt(72, leg);
    expect(resume.leg).toBe(1);
    expect(result(await run({ ...leg, resume }))).toEqual(straight);
  });

  it('is not begun by a look at what was left', async () => {
    const left = await leaveAt(60);
    const looked = await run({ resume: left, leg: 1, budget: { steps: 30 } }, { stopped: () => true });
    expect(looked.steps).toBe(60);
    expect(looked.parameters).toEqual((await run({ resume: left })).parameters);
  });
});

describe('whether products were of 8 bits', () => {
  it('is true of a training of which any was, and not said of one that nothing is known of', async () => {
    const { roundsProducts, ...left } = await leaveAt(30);
    expect(roundsProducts).toBe(false);
    expect((await run({ resume: { ...left, roundsProducts: true } })).roundsProducts).toBe(true);
    expect(await run({ resume: left }, { stopped: () => true })).not.toHaveProperty('roundsProducts');
  });

  it('says what trained it last, not what reads it', async () => {
    const { trainedBy, ...old } = await leaveAt(30, { machine: 'there' });
    expect(trainedBy).toMatchObject({ provider: 'cpu', machine: 'there' });
    const left = { ...old, trainedBy: trainedBy! };
    const here = { machine: 'here' };
    const read = (resume: Checkpoint) => run({ resume, ...here }, { stopped: () => true });
    expect((await read(left)).trainedBy).toEqual(trainedBy);
    expect((await run({ resume: left, ...here })).trainedBy).toEqual({ ...trainedBy, ...here });
    expect(await read(old)).not.toHaveProperty('trainedBy');
  });
});
