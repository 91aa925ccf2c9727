/**
 * A network in training in tfjs: the same derivation as everywhere, computed operation by operation.
 *
 * Gradients are the hand-derived ones of siren/, so nothing is asked of tfjs's own differentiation (several of whose
 * second derivatives fail). Everything a step leaves behind is freed by the tidy around it; what stays is the state.
 */
import type { SirenSpec } from '../../../src-shared/model/training.ts';
import type { Batch, BatchShape, Hyper, Program, Terms, Training } from '../../siren/engine.ts';
import { directionsOf, sampleKinds } from '../../siren/loss-gradient.ts';
import type { Chunk, SampleKind } from '../../siren/loss-gradient.ts';
import type { Ops } from '../../siren/ops.ts';
import type { Parameters } from '../../siren/spec.ts';
import { hyperNames, stateLayout, stateLength, stateViews, trainingStep } from '../../siren/step.ts';
import type { HyperName, Optimiser, StateTensor } from '../../siren/step.ts';
import { emptyBatch } from '../batch-inputs.ts';
import { Programs } from '../programs.ts';
import { stepFlops } from '../training-graph.ts';
import type { Tensor, Tf } from './tf.ts';
import { Scalars, tfOps } from './tf-ops.ts';

/** Steps of a run: the loss terms come back once a run, so that a GPU need not wait for each. */
const STEPS_PER_RUN = 4;

export class TfTraining implements Training {
  private readonly scalars: Scalars;
  private readonly ops: Ops<Tensor>;
  private readonly layout: readonly StateTensor[];
  private readonly programs = new Programs((shape) => Promise.resolve(this.compile(shape)));
  private readonly constants: Tensor[] = [];
  private current: ReadonlyMap<string, Tensor> = new Map();

  constructor(
    private readonly tf: Tf,
    private readonly spec: SirenSpec,
    private readonly optimiser: Optimiser,
    parameters: Parameters,
  ) {
    this.scalars = new Scalars(tf);
    this.ops = tfOps(tf, this.scalars);
    this.layout = stateLayout(spec, optimiser);
    this.write(parameters);
  }

  program(shape: BatchShape): Promise<Program> {
    return this.programs.get(shape);
  }

  async parameters(): Promise<Parameters> {
    const tensors = this.current;
    const read = (letter: 'W' | 'b') =>
      Promise.all(
        Array.from({ length: this.spec.layers + 1 }, async (_, k) =>
          Float32Array.from(await tensors.get(`${letter}${k}`)!.data()),
        ),
      );
    return { W: await read('W'), b: await read('b') };
  }

  restore(parameters: Parameters): Promise<void> {
    this.write(parameters);
    return Promise.resolve();
  }

  async state(): Promise<Float32Array> {
    const tensors = this.current;
    const state = new Float32Array(stateLength(this.spec, this.optimiser));
    const views = stateViews(this.spec, this.optimiser, state);
    await Promise.all(
      views.map(async ({ name, data }) => data.set((await tensors.get(name)!.data()) as Float32Array)),
    );
    return state;
  }

  resume(state: Float32Array): Promise<void> {
    const views = stateViews(this.spec, this.optimiser, state);
    const values = new Map(views.map(({ name, data }) => [name, data]));
    this.replace((name) => values.get(name));
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.tf.dispose([...this.current.values(), ...this.constants.splice(0)]);
    this.current = new Map();
    this.scalars.dispose();
    return Promise.resolve();
  }

  private compile(shape: BatchShape): Program {
    const { tf, spec } = this;
    const axis = (x: number, y: number) => {
      const data = Float32Array.from({ length: 2 * shape.laplacian }, (_, i) => (i % 2 === 0 ? x : y));
      const tensor = tf.keep(tf.tensor2d(data, [shape.laplacian, 2]));
      this.constants.push(tensor);
      return tensor;
    };
    const axes = shape.laplacian > 0 ? [axis(1, 0), axis(0, 1)] : [];
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    const batches = Array.from({ length: STEPS_PER_RUN }, () => emptyBatch(shape, spec.channels));
    const run = async (hypers: readonly Hyper[]): Promise<Terms[]> => {
      const seen = hypers.map((hyper, i) => this.step(kinds, batches[i]!, axes, hyper));
      const terms = await Promise.all(seen.map((tensor) => tensor.data()));
      tf.dispose(seen);
      return terms.map((values) => {
        const told: Record<SampleKind, number> = { value: 0, directional: 0, laplacian: 0 };
        kinds.forEach((kind, i) => (told[kind] = values[i]!));
        return told;
      });
    };
    return { batches, flopsPerStep: stepFlops(spec, this.optimiser, shape), run };
  }

  /** One step. @returns the loss terms of `kinds`, to be disposed of */
  private step(kinds: readonly SampleKind[], batch: Batch, axes: Tensor[], hyper: Hyper): Tensor {
    const { tf, ops, spec, optimiser, current } = this;
    const [terms, ...next] = tf.tidy(() => {
      const chunks = kinds.map((kind) => this.chunk(kind, batch, axes));
      const told = Object.fromEntries(hyperNames.map((name) => [name, tf.scalar(hyper[name])]));
      const stepped = trainingStep(ops, spec, optimiser, current, chunks, told as Record<HyperName, Tensor>);
      return [
        tf.stack(kinds.map((kind) => stepped.terms[kind]!)),
        ...this.layout.map(({ name }) => stepped.state.get(name)!),
      ];
    });
    this.current = new Map(this.layout.map(({ name }, i) => [name, next[i]!]));
    const kept = new Set(next);
    tf.dispose([...current.values()].filter((tensor) => !kept.has(tensor)));
    return terms!;
  }

  private chunk(kind: SampleKind, batch: Batch, axes: Tensor[]): Chunk<Tensor> {
    const { tf, spec } = this;
    const { points, direction, target, weight } = batch[kind];
    const rows = weight.length;
    const directions = { 0: [], 1: [tf.tensor2d(direction, [rows, 2])], 2: axes };
    return {
      kind,
      points: tf.tensor2d(points, [rows, 2]),
      directions: directions[directionsOf[kind]],
      target: tf.tensor2d(target, [rows, spec.channels]),
      weight: tf.tensor2d(weight, [rows, 1]),
    };
  }

  private write({ W, b }: Parameters): void {
    this.replace((name) => (name.startsWith('W') ? W : b)[Number(name.slice(1))]);
  }

  /** Puts new tensors in place of the old: their values where they are known, zeros otherwise. */
  private replace(valuesOf: (name: string) => Float32Array | undefined): void {
    const { tf, layout } = this;
    tf.dispose([...this.current.values()]);
    this.current = new Map(
      layout.map(({ name, dims }) => {
        // A copy: a backend may go on using the array that it was given.
        const values = valuesOf(name)?.slice();
        return [name, values === undefined ? tf.zeros([...dims]) : tf.tensor(values, [...dims])];
      }),
    );
  }
}
