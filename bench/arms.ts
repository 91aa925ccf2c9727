import { defaultsFor } from '../src-main/siren/defaults.ts';
import type { Decay, Schedule } from '../src-main/siren/schedule.ts';
import type { Supervision } from '../src-shared/model/field.ts';
import type { Loss, SirenSpec } from '../src-shared/model/training.ts';
import type { CoreRun } from './core-run.ts';

/** One way in which a training differs from the defaults. */
export interface Arm {
  readonly name: string;
  readonly change: Pick<CoreRun, 'spec' | 'schedule'>;
}

const spec = (name: string, change: Partial<SirenSpec>): Arm => ({ name, change: { spec: change } });
const schedule = (name: string, change: (usual: Schedule) => Schedule): Arm => ({
  name,
  change: { schedule: change },
});
/** Another first phase, of values alone. */
const valuesUntil = (until: number) =>
  schedule(`values alone until ${until}`, (usual) => ({
    ...usual,
    phases: usual.phases.map((phase, i) =>
      i === 0 && usual.phases.length > 1 ? { ...phase, until } : phase,
    ),
  }));
const derivatives = (factor: number) =>
  schedule(`derivatives weigh × ${factor}`, (usual) => ({
    ...usual,
    phases: usual.phases.map(({ weights, ...phase }) => ({
      ...phase,
      weights: {
        value: weights.value,
        directional: factor * weights.directional,
        laplacian: factor * weights.laplacian,
      },
    })),
  }));
const rows = (factor: number) =>
  schedule(`batches × ${factor}`, (usual) => ({
    ...usual,
    phases: usual.phases.map((phase) => ({
      ...phase,
      shape: {
        value: factor * phase.shape.value,
        directional: factor * phase.shape.directional,
        laplacian: factor * phase.shape.laplacian,
      },
    })),
  }));
const muon = (factor: number) =>
  schedule(`Muon's rate × ${factor}`, (usual) => ({
    ...usual,
    rates: { ...usual.rates, muon: factor * usual.rates.muon },
  }));
const adam = (factor: number) =>
  schedule(`Adam's rates × ${factor}`, ({ rates: { muon: own, first, hidden, output }, ...usual }) => ({
    ...usual,
    rates: { muon: own, first: factor * first, hidden: factor * hidden, output: factor * output },
  }));

const decay = (kind: Decay) => schedule(`rates fall by a ${kind}`, (usual) => ({ ...usual, decay: kind }));

const fullPrecision = schedule('no coarse forward passes', (usual) => ({
  ...usual,
  phases: usual.phases.map((phase) => ({ ...phase, precision: 'full' })),
}));

/** What is trained with the defaults and with each change of them. */
export interface Setting {
  readonly loss: Loss;
  readonly from: Supervision;
  /** Pixels along a side. */
  readonly size: number;
}

export const titleOf = ({ loss, from, size }: Setting) =>
  `${loss}, ${size}², from ${from === 'gradient' ? 'gradients' : 'Laplacians'}`;

/** Numbers of hidden units near enough to the default to be worth a try. */
const widths = [128, 160, 192, 224, 256, 320];

/** The defaults, and every change of one thing. */
export function armsFor({ loss, from, size }: Setting): readonly Arm[] {
  const usual = { size: { width: size, height: size }, channels: 3, supervision: from, loss } as const;
  const { omega, hidden, layers } = defaultsFor(usual).spec;
  return [
    { name: 'defaults', change: {} },
    ...widths
      .filter((width) => width !== hidden && width > 0.6 * hidden && width < 1.5 * hidden)
      .map((width) => spec(`width ${width}`, { hidden: width })),
    ...[3, 4, 5].filter((n) => n !== layers).map((n) => spec(`${n} sine layers`, { layers: n })),
    ...[0.7, 1.4].map((factor) => spec(`ω₀ × ${factor}`, { omega: factor * omega })),
    ...[0.5, 2].map(rows),
    ...[0.7, 1.4].map(muon),
    ...[0.5, 2].map(adam),
    decay(loss === 'residual' ? 'power' : 'cosine'),
    ...(loss === 'residual' ? [] : [fullPrecision]),
    ...(loss === 'balanced' ? [...[0.3, 0.7].map(valuesUntil), ...[0.5, 2].map(derivatives)] : []),
  ];
}
