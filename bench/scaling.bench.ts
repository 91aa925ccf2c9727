/** How the training step speeds up with threads: measured as far as there are cores, and planned beyond from its parts. */
import { availableParallelism } from 'node:os';

import { InferenceSession, Tensor } from 'onnxruntime-node';

import { batchFeeds, emptyBatch } from '../src-main/engines/batch-inputs.ts';
import { OrtEngine } from '../src-main/engines/ort-engine.ts';
import { cpuProfile } from '../src-main/engines/providers/cpu-profile.ts';
import { owners, shardShape } from '../src-main/engines/sharded/layout.ts';
import type { CompiledGraph } from '../src-main/engines/training-graph.ts';
import { gradientGraph, updateGraph, weightNames } from '../src-main/engines/training-graph.ts';
import type { BatchShape } from '../src-main/siren/engine.ts';
import { initialise } from '../src-main/siren/initialise.ts';
import { parameterSlots, stateLayout } from '../src-main/siren/step.ts';
import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { perSecond } from './per-second.ts';
import { fillBatch, stillRates } from './step-inputs.ts';

const spec = { channels: 3, hidden: 192, layers: 4, omega: 90 } as const;
const optimiser = 'muon';
/** The step that the second half of a 256² reconstruction takes. */
const shape: BatchShape = { value: 2048, directional: 2048, laplacian: 0 };
/** Physical cores to plan for. */
const planned = [1, 2, 4, 8, 16];
const ROUNDS = 3;

/** Milliseconds of one run of a graph by itself on one thread, fed with noise. */
async function milliseconds(
  { bytes }: CompiledGraph,
  feeds: Readonly<Record<string, Tensor>>,
  seconds: number,
): Promise<number> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const wanted = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]!]));
  const rate = await perSecond(seconds, async () => {
    await session.run(wanted);
    return 1;
  });
  await session.release();
  return 1000 / rate;
}

const numbers = (dims: readonly number[], value: (i: number) => number) =>
  new Tensor(
    'float32',
    Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
    dims,
  );

/** What the shard with most to do needs for its gradient and for its update where there are `shards` of them. */
async function partsOf(shards: number, seconds: number): Promise<{ gradient: number; update: number }> {
  const profile = await cpuProfile();
  const slots = parameterSlots(spec, optimiser);
  const parameters = initialise(spec, 0);
  const own = shardShape(shape, 0, shards);
  const batch = emptyBatch(own, spec.channels);
  fillBatch(batch);
  const network = Object.fromEntries(
    slots.map(({ name, dims }) => {
      const data = (name.startsWith('W') ? parameters.W : parameters.b)[Number(name.slice(1))]!;
      return [name, new Tensor('float32', data, dims)];
    }),
  );
  const weights = Object.fromEntries(weightNames.map((name) => [name, numbers([], () => 0.1)]));
  const gradient = await milliseconds(
    gradientGraph(spec, own, profile),
    { ...network, ...weights, ...batchFeeds(batch, spec.channels, own, profile) },
    seconds,
  );
  const owner = owners(spec, optimiser, shards);
  let update = 0;
  for (let shard = 0; shard < shards; shard++) {
    const mine = slots.filter((_, i) => owner[i] === shard);
    if (mine.length === 0) continue;
    const noise = (i: number) => Math.sin(12.9898 * i);
    const state = Object.fromEntries(
      stateLayout(spec, optimiser).map(({ name, dims }) => [name, numbers(dims, (i) => noise(i) ** 2)]),
    );
    const gradients = Object.fromEntries(
      mine.flatMap(({ name, dims }) =>
        Array.from({ length: shards }, (_, part) => [`gradient.${name}.${part}`, numbers(dims, noise)]),
      ),
    );
    const rates = Object.fromEntries(
      Object.entries(stillRates).map(([name, value]) => [name, numbers([], () => value)]),
    );
    const graph = updateGraph(spec, optimiser, mine, shards, profile);
    update = Math.max(update, await milliseconds(graph, { ...state, ...gradients, ...rates }, seconds));
  }
  return { gradient, update };
}

async function stepsPerSecond(threads: number, seconds: number): Promise<number> {
  const engine = new OrtEngine(threads);
  const training = await engine.train(spec, optimiser, initialise(spec, 0));
  const program = await training.program(shape);
  program.batches.forEach(fillBatch);
  const hypers = program.batches.map(() => stillRates);
  const rate = await perSecond(seconds, async () => (await program.run(hypers)).length);
  await training.dispose();
  await engine.dispose();
  return rate;
}

export const scaling: Bench = {
  name: 'scaling',
  claim:
    'steps a second by threads, measured as far as there are cores and planned from the parts of a step beyond',
  async run({ signal, secondsScale }) {
    const cores = availableParallelism();
    const seconds = 1.5 * secondsScale;
    const found = [];
    for (const threads of planned) {
      let [steps, gradient, update] = [0, Infinity, Infinity];
      for (let round = 0; round < ROUNDS; round++) {
        signal.throwIfAborted();
        if (threads <= cores) steps = Math.max(steps, await stepsPerSecond(threads, seconds));
        const parts = await partsOf(threads, seconds / 4);
        gradient = Math.min(gradient, parts.gradient);
        update = Math.min(update, parts.update);
      }
      found.push({ threads, steps, gradient, update });
    }
    const [one] = found;
    const alone = one!.gradient + one!.update;
    return {
      tables: [
        {
          title: `A step of ${shape.value} values and ${shape.directional} derivatives, width ${spec.hidden}`,
          columns: ['Threads', 'gradient, ms', 'update, ms', 'planned', 'steps/s measured', 'measured'],
          rows: found.map(({ threads, steps, gradient, update }) => [
            `${threads}`,
            figure(gradient),
            figure(update),
            `${figure(alone / (gradient + update))} ×`,
            steps > 0 ? figure(steps) : '–',
            steps > 0 ? `${figure(steps / one!.steps)} ×` : '–',
          ]),
        },
      ],
      notes: [
        'Planned: what the busiest shard computes, timed by itself on one thread. What cores take from each other (memory, clock) is in the measured column alone.',
      ],
      figures: found,
    };
  },
};
