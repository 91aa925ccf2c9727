/**
 * One training step: gradient of a batch, then the optimiser, as one function of state.
 */
import type { SirenSpec } from '../../src-shared/model/training.ts';
import { addGradients, lossGradient, sampleKinds } from './loss-gradient.ts';
import type { Chunk, LossGradient, SampleKind } from './loss-gradient.ts';
import { adam, muon } from './optimisers.ts';
import type { Ops } from './ops.ts';
import { layerShapes } from './spec.ts';

/** `muon` moves the hidden matrices by Muon and the rest by Adam; `adam` everything by Adam. */
export const optimisers = ['muon', 'adam'] as const;
export type Optimiser = (typeof optimisers)[number];

/** One tensor of the training state. */
export interface StateTensor {
  readonly name: string;
  readonly dims: readonly number[];
}

/** What a step is told beside its batch, each a scalar. */
export const hyperNames = [
  'muonRate',
  'firstRate',
  'hiddenRate',
  'outputRate',
  'clip',
  ...sampleKinds.map((kind) => `${kind}Weight` as const),
] as const;
export type HyperName = (typeof hyperNames)[number];

type Slot = {
  readonly name: string;
  readonly dims: number[];
  readonly rate: HyperName;
  readonly muon: boolean;
};

/** The network's tensors in the order W0, b0, W1, b1, …, and which rate moves each. */
function slots(spec: SirenSpec, optimiser: Optimiser): Slot[] {
  return layerShapes(spec).flatMap(({ inputs, outputs }, k): Slot[] => {
    const rate = k === 0 ? 'firstRate' : k === spec.layers ? 'outputRate' : 'hiddenRate';
    const byMuon = optimiser === 'muon' && k > 0 && k < spec.layers;
    return [
      { name: `W${k}`, dims: [inputs, outputs], rate: byMuon ? 'muonRate' : rate, muon: byMuon },
      { name: `b${k}`, dims: [outputs], rate, muon: false },
    ];
  });
}

/** Every tensor that a step reads and rewrites: parameters first, then the optimiser's moments. */
export function stateLayout(spec: SirenSpec, optimiser: Optimiser): StateTensor[] {
  const all = slots(spec, optimiser);
  const moments = all.flatMap(({ name, dims, muon: byMuon }) =>
    (byMuon ? ['m'] : ['m', 'v']).map((moment) => ({ name: `${name}.${moment}`, dims })),
  );
  return [...all.map(({ name, dims }) => ({ name, dims })), ...moments];
}

/** g scaled so that the norm of the whole gradient is at most `clip`. */
function clipped<T>(ops: Ops<T>, { layers }: LossGradient<T>, clip: T): (T | undefined)[] {
  const all = layers.flatMap(({ W, b }) => [W, b]);
  const squares = all.flatMap((g) => (g === undefined ? [] : [ops.sumAll(ops.mul(g, g))]));
  const norm = ops.sqrt(squares.reduce((sum, square) => ops.add(sum, square)));
  const factor = ops.min(ops.scalar(1), ops.div(clip, ops.add(norm, ops.scalar(1e-20))));
  return all.map((g) => g && ops.mul(factor, g));
}

/**
 * @param shards parts of the batch that an engine may compute side by side; their gradients are added in order
 * @returns the new state, and per kind of sample present its loss term before this step
 */
export function trainingStep<T>(
  ops: Ops<T>,
  spec: SirenSpec,
  optimiser: Optimiser,
  state: ReadonlyMap<string, T>,
  shards: readonly (readonly Chunk<T>[])[],
  hyper: Readonly<Record<HyperName, T>>,
): { state: Map<string, T>; terms: Partial<Record<SampleKind, T>> } {
  const of = (name: string): T => {
    const tensor = state.get(name);
    if (tensor === undefined) throw new Error(`training state has no ${name}`);
    return tensor;
  };
  const layers = layerShapes(spec);
  const network = { W: layers.map((_, k) => of(`W${k}`)), b: layers.map((_, k) => of(`b${k}`)) };
  const lambda = {
    value: hyper.valueWeight,
    directional: hyper.directionalWeight,
    laplacian: hyper.laplacianWeight,
  };
  const gradient = addGradients(
    ops,
    shards.map((chunks) => lossGradient(ops, network, chunks, lambda)),
  );
  const gradients = clipped(ops, gradient, hyper.clip);
  const next = new Map(state);
  slots(spec, optimiser).forEach(({ name, rate, muon: byMuon }, i) => {
    const g = gradients[i];
    if (g === undefined) return;
    if (byMuon) {
      const moved = muon(ops, of(name), g, of(`${name}.m`), hyper[rate]);
      next.set(name, moved.W).set(`${name}.m`, moved.momentum);
    } else {
      const moved = adam(ops, of(name), g, of(`${name}.m`), of(`${name}.v`), hyper[rate]);
      next.set(name, moved.w).set(`${name}.m`, moved.m).set(`${name}.v`, moved.v);
    }
  });
  return { state: next, terms: gradient.terms };
}
