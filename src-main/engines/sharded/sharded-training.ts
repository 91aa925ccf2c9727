import type { SirenSpec } from '../../../src-shared/model/training.ts';
import type { BatchShape, Hyper, Program, Terms, Training } from '../../siren/engine.ts';
import { sampleKinds } from '../../siren/loss-gradient.ts';
import type { Precision } from '../../siren/ops.ts';
import type { Parameters } from '../../siren/spec.ts';
import { hyperNames, parameterSlots, stateLength, stateViews } from '../../siren/step.ts';
import type { Optimiser } from '../../siren/step.ts';
import { emptyBatch } from '../batch-inputs.ts';
import { Programs } from '../programs.ts';
import type { ProviderProfile } from '../providers/profile.ts';
import { allocator, batchLength, HYPERS, parameterOffsets, TERMS } from './layout.ts';
import { ShardThreads } from './threads.ts';

/** Steps of a run: few enough that a cancel is seen well within 0.3 s, enough that messages cost nothing. */
const STEPS_PER_RUN = 4;

/** A network in training on several single-threaded shards, whose gradients are added in a fixed order. */
export class ShardedTraining implements Training {
  private readonly threads: ShardThreads;
  private readonly shared: Float32Array;
  private readonly views: { readonly name: string; readonly data: Float32Array }[];
  private readonly programs = new Programs((shape, precision) => this.compile(shape, precision));
  private count = 0;

  private constructor(
    private readonly spec: SirenSpec,
    private readonly optimiser: Optimiser,
    private readonly shards: number,
    profile: ProviderProfile,
  ) {
    const slots = parameterSlots(spec, optimiser);
    const { offsets, total } = parameterOffsets(slots);
    const parameters = new SharedArrayBuffer(4 * total);
    const gradients = new SharedArrayBuffer(4 * total * shards);
    const barrier = new SharedArrayBuffer(8);
    this.shared = new Float32Array(parameters);
    this.views = slots.map(({ name }, i) => ({
      name,
      data: this.shared.subarray(offsets[i], offsets[i + 1]),
    }));
    this.threads = new ShardThreads(
      Array.from({ length: shards }, (_, shard) => ({
        spec,
        optimiser,
        shard,
        shards,
        barrier,
        parameters,
        gradients,
        profile,
      })),
    );
  }

  static async start(
    spec: SirenSpec,
    optimiser: Optimiser,
    parameters: Parameters,
    shards: number,
    profile: ProviderProfile,
  ): Promise<ShardedTraining> {
    const training = new ShardedTraining(spec, optimiser, shards, profile);
    await training.restore(parameters);
    return training;
  }

  program(shape: BatchShape, precision?: Precision): Promise<Program> {
    return this.programs.get(shape, precision);
  }

  parameters(): Promise<Parameters> {
    const read = (letter: string) =>
      this.views.filter(({ name }) => name.startsWith(letter)).map(({ data }) => Float32Array.from(data));
    return Promise.resolve({ W: read('W'), b: read('b') });
  }

  async restore({ W, b }: Parameters): Promise<void> {
    for (const { name, data } of this.views) data.set((name.startsWith('W') ? W : b)[Number(name.slice(1))]!);
    await this.threads.ask({ kind: 'restore' });
  }

  async state(): Promise<Float32Array> {
    const known = new Map(this.views.map(({ name, data }) => [name, data]));
    for (const { moments = {} } of await this.threads.ask({ kind: 'moments' })) {
      for (const [name, data] of Object.entries(moments)) known.set(name, data);
    }
    const state = new Float32Array(stateLength(this.spec, this.optimiser));
    for (const { name, data } of stateViews(this.spec, this.optimiser, state)) data.set(known.get(name)!);
    return state;
  }

  async resume(state: Float32Array): Promise<void> {
    const parts = new Map(
      stateViews(this.spec, this.optimiser, state).map(({ name, data }) => [name, data.slice()]),
    );
    for (const { name, data } of this.views) {
      data.set(parts.get(name)!);
      parts.delete(name);
    }
    await this.threads.ask({ kind: 'resume', moments: Object.fromEntries(parts) });
  }

  dispose(): Promise<void> {
    return this.threads.close();
  }

  private async compile(shape: BatchShape, precision: Precision): Promise<Program> {
    const { channels } = this.spec;
    const number = this.count++;
    const length = batchLength(shape, channels);
    const batches = new SharedArrayBuffer(4 * length * STEPS_PER_RUN);
    const hypers = new SharedArrayBuffer(4 * HYPERS * STEPS_PER_RUN);
    const terms = new SharedArrayBuffer(4 * TERMS * STEPS_PER_RUN * this.shards);
    const program = { number, shape, precision, stepsPerRun: STEPS_PER_RUN, batches, hypers, terms };
    const answers = await this.threads.ask({ kind: 'compile', program });
    const hyperValues = new Float32Array(hypers);
    const termValues = new Float32Array(terms);
    const termOf = (step: number, kind: number) => {
      let sum = 0;
      for (let shard = 0; shard < this.shards; shard++) {
        sum += termValues[(shard * STEPS_PER_RUN + step) * TERMS + kind]!;
      }
      return sum;
    };
    return {
      batches: Array.from({ length: STEPS_PER_RUN }, (_, step) =>
        emptyBatch(shape, channels, allocator(batches, step * length)),
      ),
      flopsPerStep: answers.reduce((sum, { flops = 0 }) => sum + flops, 0),
      roundsProducts: answers.some(({ roundsProducts }) => roundsProducts),
      run: async (values: readonly Hyper[]): Promise<Terms[]> => {
        values.forEach((hyper, step) =>
          hyperNames.forEach((name, i) => (hyperValues[step * HYPERS + i] = hyper[name])),
        );
        await this.threads.ask({ kind: 'run', program: number, steps: values.length });
        return values.map((_, step) => {
          const [value, directional, laplacian] = sampleKinds.map((_kind, i) => termOf(step, i));
          return { value: value!, directional: directional!, laplacian: laplacian! };
        });
      },
    };
  }
}
