/**
 * One training step: gradient of a batch, then the optimiser, as one function of state.
 */
import type { SirenSpec } from '../../src-shared/model/training.ts';
import { lossGradient, sampleKinds } from './loss-gradient.ts';
import type { Chunk, LossGradient, NetworkRefs, SampleKind } from './loss-gradient.ts';
import { adam, muon } from './optimisers.ts';
import { coarsely } from './ops.ts';
import type { Ops, Precision } from './ops.ts';
import { layerShapes } from './spec.ts';

/** `muon` moves the hidden matrices by Muon and the rest by Adam; `adam` everything by Adam. */
export const optimisers = ['muon', 'adam'] as const;
export type Optimiser = (typeof optimisers)[number];

/** One tensor of the training state. */
export interface StateTensor {
  readonly name: string;
  readonly dims: readonly number[];
}

/** Learning rates: of Muon's matrices, and of Adam's tensors in the first, the hidden and the output layers. */
const rateNames = ['muonRate', 'firstRate', 'hiddenRate', 'outputRate'] as const;
export type RateName = (typeof rateNames)[number];

/** What the optimiser is told. */
export const updateNames = [...rateNames, 'clip'] as const;
export type UpdateName = (typeof updateNames)[number];

/** What a step is told beside its batch, each a scalar. */
export const hyperNames = [...updateNames, ...sampleKinds.map((kind) => `${kind}Weight` as const)] as const;
export type HyperName = (typeof hyperNames)[number];

/** One of the network's tensors, and what moves it. */
export interface ParameterSlot extends StateTensor {
  readonly rate: RateName;
  readonly byMuon: boolean;
}

/** The network's tensors in the order W0, b0, W1, b1, …, and which rate moves each. */
export function parameterSlots(spec: SirenSpec, optimiser: Optimiser): ParameterSlot[] {
  return layerShapes(spec).flatMap(({ inputs, outputs }, k): ParameterSlot[] => {
    const rate = k === 0 ? 'firstRate' : k === spec.layers ? 'outputRate' : 'hiddenRate';
    const byMuon = optimiser === 'muon' && k > 0 && k < spec.layers;
    return [
      { name: `W${k}`, dims: [inputs, outputs], rate: byMuon ? 'muonRate' : rate, byMuon },
      { name: `b${k}`, dims: [outputs], rate, byMuon: false },
    ];
  });
}

/** The moments that an optimiser keeps beside a parameter. */
export function momentsOf({ name, dims, byMuon }: ParameterSlot): StateTensor[] {
  return (byMuon ? ['m'] : ['m', 'v']).map((moment) => ({ name: `${name}.${moment}`, dims }));
}

/** Every tensor that a step reads and rewrites: parameters first, then the optimiser's moments. */
export function stateLayout(spec: SirenSpec, optimiser: Optimiser): StateTensor[] {
  const slots = parameterSlots(spec, optimiser);
  return [...slots.map(({ name, dims }) => ({ name, dims })), ...slots.flatMap(momentsOf)];
}

/** The training state's tensors as views of one array that holds them one after the other. Throws where it does not fit. */
export function stateViews(
  spec: SirenSpec,
  optimiser: Optimiser,
  state: Float32Array,
): { readonly name: string; readonly data: Float32Array }[] {
  let next = 0;
  const views = stateLayout(spec, optimiser).map(({ name, dims }) => {
    const start = next;
    next += dims.reduce((a, b) => a * b, 1);
    return { name, data: state.subarray(start, next) };
  });
  if (next !== state.length) throw new Error(`a training state has ${next} numbers, not ${state.length}`);
  return views;
}

/** How many numbers a training state has. */
export function stateLength(spec: SirenSpec, optimiser: Optimiser): number {
  return stateLayout(spec, optimiser).reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0);
}

/** Gradients in the order of the parameters W0, b0, W1, …; absent where nothing reached a bias. */
export function flatGradients<T>({ layers }: LossGradient<T>): (T | undefined)[] {
  return layers.flatMap(({ W, b }) => [W, b]);
}

/** A gradient with its norm brought down to `limit` where it is larger. */
function clipped<T>(ops: Ops<T>, g: T, limit: T): T {
  const norm = ops.sqrt(ops.sumAll(ops.mul(g, g)));
  return ops.mul(g, ops.min(ops.scalar(1), ops.div(limit, ops.add(norm, ops.scalar(1e-20)))));
}

/**
 * Moves every parameter that has a gradient, each tensor's gradient clipped by itself, so that tensors can be moved
 * apart from each other.
 *
 * @param gradients as of flatGradients
 * @returns the state with the moved tensors replaced
 */
export function optimiserStep<T>(
  ops: Ops<T>,
  spec: SirenSpec,
  optimiser: Optimiser,
  state: ReadonlyMap<string, T>,
  gradients: readonly (T | undefined)[],
  hyper: Readonly<Record<UpdateName, T>>,
): Map<string, T> {
  const next = new Map(state);
  parameterSlots(spec, optimiser).forEach(({ name, rate, byMuon }, i) => {
    const gradient = gradients[i];
    if (gradient === undefined) return;
    const g = clipped(ops, gradient, hyper.clip);
    const W = tensorOf(state, name);
    const m = tensorOf(state, `${name}.m`);
    if (byMuon) {
      const moved = muon(coarsely(ops), W, g, m, hyper[rate]);
      next.set(name, moved.W).set(`${name}.m`, moved.momentum);
    } else {
      const moved = adam(ops, W, g, m, tensorOf(state, `${name}.v`), hyper[rate]);
      next.set(name, moved.w).set(`${name}.m`, moved.m).set(`${name}.v`, moved.v);
    }
  });
  return next;
}

function tensorOf<T>(state: ReadonlyMap<string, T>, name: string): T {
  const tensor = state.get(name);
  if (tensor === undefined) throw new Error(`training state has no ${name}`);
  return tensor;
}

/** The network among the tensors of a training state. */
export function networkOf<T>(spec: SirenSpec, state: ReadonlyMap<string, T>): NetworkRefs<T> {
  const layers = layerShapes(spec);
  return {
    W: layers.map((_, k) => tensorOf(state, `W${k}`)),
    b: layers.map((_, k) => tensorOf(state, `b${k}`)),
  };
}

/**
 * @param precision of the forward pass
 * @returns the new state, and per kind of sample present its loss term before this step
 */
export function trainingStep<T>(
  ops: Ops<T>,
  spec: SirenSpec,
  optimiser: Optimiser,
  state: ReadonlyMap<string, T>,
  chunks: readonly Chunk<T>[],
  hyper: Readonly<Record<HyperName, T>>,
  precision: Precision = 'full',
): { state: Map<string, T>; terms: Partial<Record<SampleKind, T>> } {
  const gradient = lossGradient(ops, networkOf(spec, state), chunks, lambdaOf(hyper), precision);
  return {
    state: optimiserStep(ops, spec, optimiser, state, flatGradients(gradient), hyper),
    terms: gradient.terms,
  };
}

/** The weights of the loss terms among the hyperparameters. */
export function lambdaOf<T>(hyper: Readonly<Record<`${SampleKind}Weight`, T>>): Record<SampleKind, T> {
  return {
    value: hyper.valueWeight,
    directional: hyper.directionalWeight,
    laplacian: hyper.laplacianWeight,
  };
}
