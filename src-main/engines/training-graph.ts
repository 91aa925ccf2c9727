/**
 * The training step as ONNX graphs of ordinary operators: whole, or as its two halves, gradient and update, for shards
 * that meet in between.
 */
import type { SirenSpec } from '../../src-shared/model/training.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { Ref } from '../onnx/graph-builder.ts';
import type { BatchShape } from '../siren/engine.ts';
import { lossGradient, sampleKinds } from '../siren/loss-gradient.ts';
import type { SampleKind } from '../siren/loss-gradient.ts';
import {
  flatGradients,
  hyperNames,
  lambdaOf,
  momentsOf,
  networkOf,
  optimiserStep,
  parameterSlots,
  stateLayout,
  trainingStep,
  updateNames,
} from '../siren/step.ts';
import type { Precision } from '../siren/ops.ts';
import type { Optimiser, ParameterSlot, StateTensor } from '../siren/step.ts';
import { declareChunks } from './batch-inputs.ts';
import { CountedOps } from './counted-ops.ts';
import type { OpsProfile } from './counted-ops.ts';

export interface CompiledGraph {
  readonly bytes: Uint8Array;
  /** Floating-point operations of its matrix products. */
  readonly flops: number;
  /** Whether any of them is of factors rounded to 8 bits. */
  readonly roundsProducts: boolean;
}

/** Names of outputs: a loss term, a state tensor's next value, a parameter's gradient. */
export const termOutput = (kind: SampleKind) => `${kind}Term`;
export const nextState = (name: string) => `next.${name}`;
export const gradientOf = (name: string) => `gradient.${name}`;
/** The input that takes one shard's part of a gradient. */
export const gradientPart = (name: string, shard: number) => `gradient.${name}.${shard}`;
export const weightNames = sampleKinds.map((kind) => `${kind}Weight` as const);

const record = <K extends string, V>(keys: readonly K[], value: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

function begin(profile?: OpsProfile) {
  const counted = new CountedOps(new GraphBuilder(), profile);
  return {
    counted,
    graph: counted.graph,
    scalars: <K extends string>(names: readonly K[], prefix = '') =>
      record(names, (name) => counted.input(`${prefix}${name}`, [])),
    tensors: (layout: readonly StateTensor[]) =>
      new Map(layout.map(({ name, dims }) => [name, counted.input(name, dims)])),
  };
}

function compiled(name: string, { graph, flops, roundsProducts }: CountedOps): CompiledGraph {
  return { bytes: graph.toBytes(name), flops, roundsProducts };
}

function outputTerms(graph: GraphBuilder, terms: Partial<Record<SampleKind, Ref>>, prefix = ''): void {
  for (const kind of sampleKinds) {
    const term = terms[kind];
    if (term !== undefined) graph.output(`${prefix}${termOutput(kind)}`, term, []);
  }
}

/** For whom a step's graph is built, and how many steps it takes one after the other. */
export interface StepGraphOptions extends OpsProfile {
  readonly chunkRows?: number;
  readonly steps?: number;
  /** Of the forward pass. */
  readonly precision?: Precision;
}

/** In front of the names of what the graph's step number `step` takes and gives; nothing for its first. */
export const stepPrefix = (step: number) => (step === 0 ? '' : `step${step}.`);

/** State and each step's batch and hyperparameters in, next state and each step's loss terms out. */
export function stepGraph(
  spec: SirenSpec,
  optimiser: Optimiser,
  shape: BatchShape,
  options: StepGraphOptions = {},
): CompiledGraph {
  const { counted, graph, scalars, tensors } = begin(options);
  const { chunkRows, steps = 1, precision } = options;
  const layout = stateLayout(spec, optimiser);
  let state = tensors(layout);
  for (let step = 0; step < steps; step++) {
    const prefix = stepPrefix(step);
    const place = { prefix, ...(chunkRows !== undefined && { chunkRows }) };
    const chunks = declareChunks(counted, spec.channels, shape, place);
    const hyper = scalars(hyperNames, prefix);
    const stepped = trainingStep(counted.ops, spec, optimiser, state, chunks, hyper, precision);
    outputTerms(graph, stepped.terms, prefix);
    ({ state } = stepped);
  }
  for (const { name, dims } of layout) graph.output(nextState(name), state.get(name)!, dims);
  return compiled('training-step', counted);
}

/** Floating-point operations of the matrix products of a step, for engines that build no graph. */
export function stepFlops(spec: SirenSpec, optimiser: Optimiser, shape: BatchShape): number {
  return stepGraph(spec, optimiser, shape).flops;
}

/** Parameters and a batch in, gradients and loss terms out; a bias that nothing reaches has a gradient of zero. */
export function gradientGraph(
  spec: SirenSpec,
  shape: BatchShape,
  options: Omit<StepGraphOptions, 'steps'> = {},
): CompiledGraph {
  const { counted, graph, scalars, tensors } = begin(options);
  const { chunkRows, precision } = options;
  const slots = parameterSlots(spec, 'adam');
  const network = networkOf(spec, tensors(slots));
  const chunks = declareChunks(counted, spec.channels, shape, chunkRows === undefined ? {} : { chunkRows });
  const gradient = lossGradient(counted.ops, network, chunks, lambdaOf(scalars(weightNames)), precision);
  outputTerms(graph, gradient.terms);
  flatGradients(gradient).forEach((ref, i) => {
    const { name, dims } = slots[i]!;
    const none = () => graph.op('Expand', [graph.scalar(0), graph.ints(...dims)]);
    graph.output(gradientOf(name), ref ?? none(), dims);
  });
  return compiled('gradient', counted);
}

/** Every shard's gradients of some parameters in, those parameters and their moments moved. */
export function updateGraph(
  spec: SirenSpec,
  optimiser: Optimiser,
  owned: readonly ParameterSlot[],
  shards: number,
  profile: OpsProfile = {},
): CompiledGraph {
  const { counted, graph, scalars, tensors } = begin(profile);
  const { ops } = counted;
  const mine = new Set(owned.map(({ name }) => name));
  const layout = owned.flatMap((slot): StateTensor[] => [slot, ...momentsOf(slot)]);
  const state = tensors(layout);
  const summed = ({ name, dims }: ParameterSlot) =>
    Array.from({ length: shards }, (_, shard) => counted.input(gradientPart(name, shard), dims)).reduce(
      ops.add,
    );
  const gradients = parameterSlots(spec, optimiser).map((slot) =>
    mine.has(slot.name) ? summed(slot) : undefined,
  );
  const next = optimiserStep(ops, spec, optimiser, state, gradients, scalars(updateNames));
  for (const { name, dims } of layout) graph.output(nextState(name), next.get(name)!, dims);
  return compiled('update', counted);
}
