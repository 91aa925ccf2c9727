/** Small networks and samples for the specs of this room and of the engines. */
import type { ChannelCount } from '../../src-shared/model/image.ts';
import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Checkpoint } from './checkpoint.ts';
import { initialise } from './initialise.ts';
import { directionsOf, sampleKinds } from './loss-gradient.ts';
import type { SampleKind } from './loss-gradient.ts';
import { Random } from './random.ts';
import type { ReferenceParameters, ReferenceSample } from './reference.ts';
import { stateLength } from './step.ts';

export const smallSpec = (channels: ChannelCount, layers = 3): SirenSpec => ({
  channels,
  hidden: 6,
  layers,
  omega: 4,
});

export function smallParameters(spec: SirenSpec, seed: number): ReferenceParameters {
  const { W, b } = initialise(spec, seed);
  return { W: W.map((w) => Array.from(w)), b: b.map((v) => Array.from(v)) };
}

/** `count` random samples of each kind that `kinds` names. */
export function smallSamples(
  channels: ChannelCount,
  kinds: readonly SampleKind[],
  count: number,
  seed: number,
): ReferenceSample[] {
  const random = new Random(seed);
  const pair = (): [number, number] => [random.uniform(-1, 1), random.uniform(-1, 1)];
  return kinds.flatMap((kind) =>
    Array.from({ length: count }, (_, i): ReferenceSample => ({
      kind,
      point: pair(),
      direction: directionsOf[kind] === 1 ? (i % 2 === 0 ? [1, 0] : [0, 1]) : [0, 0],
      target: Array.from({ length: channels }, () => random.uniform(-1, 1)),
      weight: random.uniform(0.1, 1),
    })),
  );
}

/** A whole checkpoint of a small network, with other facts where they are given. */
export function smallCheckpoint(facts: Partial<Checkpoint> = {}): Checkpoint {
  const spec = smallSpec(1);
  const sampler = { epoch: [1, 2, 3, 4], drawn: 0 } as const;
  return {
    spec,
    optimiser: 'adam',
    seed: 1,
    fingerprint: 1,
    leg: 0,
    spent: { steps: 0, seconds: 0, legSteps: 0, legSeconds: 0 },
    flops: 1,
    recoveries: 0,
    sinceRestore: 0,
    phase: 0,
    watch: { mean: Number.NaN, seen: 0, bestLoss: Infinity },
    samplers: { value: sampler, directional: sampler, laplacian: sampler },
    curve: [],
    state: new Float32Array(stateLength(spec, 'adam')),
    ...facts,
  };
}

/** Every mixture of sample kinds that a loss can ask for. */
export const mixtures: readonly (readonly SampleKind[])[] = [
  ['value'],
  ['directional'],
  ['laplacian'],
  ['value', 'directional'],
  ['directional', 'laplacian'],
  sampleKinds,
];

export { relativeError } from './relative-error.ts';
