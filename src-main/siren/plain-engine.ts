/** For specs: an engine of plain loops, a state rounded to float32 after each step. Minute networks only. */
import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Batch, BatchShape, Engine, Evaluation, Hyper, Program, Terms, Training } from './engine.ts';
import { directionsOf, forward, sampleKinds } from './loss-gradient.ts';
import type { Chunk, SampleKind } from './loss-gradient.ts';
import { matrix, plainOps } from './plain-ops.ts';
import type { Matrix } from './plain-ops.ts';
import { layerShapes } from './spec.ts';
import type { Parameters } from './spec.ts';
import { hyperNames, stateLayout, stateLength, stateViews, trainingStep } from './step.ts';
import type { HyperName, Optimiser } from './step.ts';

const asRow = (dims: readonly number[]) => (dims.length === 2 ? dims[0]! : 1);

class PlainTraining implements Training {
  private tensors: Map<string, Float32Array>;

  constructor(
    private readonly spec: SirenSpec,
    private readonly optimiser: Optimiser,
    parameters: Parameters,
    private readonly stepsPerRun: number,
  ) {
    this.tensors = new Map();
    void this.restore(parameters);
  }

  program(shape: BatchShape): Promise<Program> {
    const { channels } = this.spec;
    const samples = (n: number) => ({
      points: new Float32Array(2 * n),
      direction: new Float32Array(2 * n),
      target: new Float32Array(channels * n),
      weight: new Float32Array(n),
    });
    const batches = Array.from({ length: this.stepsPerRun }, (): Batch => ({
      value: samples(shape.value),
      directional: samples(shape.directional),
      laplacian: samples(shape.laplacian),
    }));
    const run = (hypers: readonly Hyper[]) =>
      Promise.resolve(hypers.map((hyper, i) => this.step(batches[i]!, shape, hyper)));
    return Promise.resolve({ batches, flopsPerStep: 1, run });
  }

  parameters(): Promise<Parameters> {
    const read = (letter: string) =>
      layerShapes(this.spec).map((_, k) => this.tensors.get(`${letter}${k}`)!.slice());
    return Promise.resolve({ W: read('W'), b: read('b') });
  }

  restore({ W, b }: Parameters): Promise<void> {
    for (const { name, dims } of stateLayout(this.spec, this.optimiser)) {
      const layer = Number(name.slice(1));
      const zeros = new Float32Array(dims.reduce((x, y) => x * y, 1));
      this.tensors.set(name, Number.isNaN(layer) ? zeros : (name.startsWith('W') ? W : b)[layer]!.slice());
    }
    return Promise.resolve();
  }

  state(): Promise<Float32Array> {
    const state = new Float32Array(stateLength(this.spec, this.optimiser));
    for (const { name, data } of stateViews(this.spec, this.optimiser, state)) {
      data.set(this.tensors.get(name)!);
    }
    return Promise.resolve(state);
  }

  resume(state: Float32Array): Promise<void> {
    for (const { name, data } of stateViews(this.spec, this.optimiser, state)) {
      this.tensors.set(name, data.slice());
    }
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  private step(batch: Batch, shape: BatchShape, hyper: Hyper): Terms {
    const { spec, optimiser } = this;
    const state = new Map(
      stateLayout(spec, optimiser).map(({ name, dims }) => {
        const data = this.tensors.get(name)!;
        return [name, matrix(asRow(dims), data.length / asRow(dims), data)] as const;
      }),
    );
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    const chunks = kinds.map((kind) => chunkOf(kind, batch, shape[kind], spec.channels));
    const scalars = Object.fromEntries(
      hyperNames.map((name) => [name, plainOps.scalar(hyper[name])]),
    ) as Record<HyperName, Matrix>;
    const stepped = trainingStep(plainOps, spec, optimiser, state, chunks, scalars);
    for (const [name, { data }] of stepped.state) this.tensors.set(name, Float32Array.from(data));
    const terms: Record<SampleKind, number> = { value: 0, directional: 0, laplacian: 0 };
    for (const kind of kinds) terms[kind] = stepped.terms[kind]!.data[0]!;
    return terms;
  }
}

/** The samples of one kind in a batch of `n` of them, as matrices. */
export function chunkOf(kind: SampleKind, batch: Batch, n: number, channels: number): Chunk<Matrix> {
  const { points, direction, target, weight } = batch[kind];
  const axis = (x: number, y: number) =>
    matrix(
      n,
      2,
      new Float32Array(2 * n).map((_, i) => (i % 2 === 0 ? x : y)),
    );
  const directions = { 0: [], 1: [matrix(n, 2, direction)], 2: [axis(1, 0), axis(0, 1)] };
  return {
    kind,
    points: matrix(n, 2, points),
    directions: directions[directionsOf[kind]],
    target: matrix(n, channels, target),
    weight: matrix(n, 1, weight),
  };
}

export class PlainEngine implements Engine {
  readonly name = 'ort';
  readonly provider = 'cpu';
  readonly threads = 1;

  constructor(private readonly stepsPerRun = 1) {}

  train(spec: SirenSpec, optimiser: Optimiser, parameters: Parameters): Promise<Training> {
    return Promise.resolve(new PlainTraining(spec, optimiser, parameters, this.stepsPerRun));
  }

  /** Values alone. */
  evaluate(spec: SirenSpec, { W, b }: Parameters, points: Float32Array): Promise<Evaluation> {
    const shapes = layerShapes(spec);
    const network = {
      W: shapes.map(({ inputs, outputs }, k) => matrix(inputs, outputs, W[k]!)),
      b: shapes.map(({ outputs }, k) => matrix(1, outputs, b[k]!)),
    };
    const input = { h: matrix(points.length / 2, 2, points), first: [] };
    const { output } = forward(plainOps, network, input, false);
    return Promise.resolve({ value: Float32Array.from(output.h.data) });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
