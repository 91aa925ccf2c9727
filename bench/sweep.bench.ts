import { defaultsFor } from '../src-main/siren/defaults.ts';
import type { Decay, Schedule } from '../src-main/siren/schedule.ts';
import type { Loss } from '../src-shared/model/training.ts';
import type { Bench } from './bench.ts';
import { coreRun } from './core-run.ts';
import type { CoreFigures, CoreRun } from './core-run.ts';

/** One way in which a training differs from the defaults. */
interface Arm {
  readonly name: string;
  readonly change: Pick<CoreRun, 'spec' | 'schedule'>;
}

/** Colour and grey; the floors are measured on others too. */
const pictures = ['astronaut.png', 'camera.png'];
/** A quarter to half of the floors' budgets, for half of the cores; the losses beside the default one at one size. */
const settings: readonly { readonly loss: Loss; readonly size: number; readonly coreSeconds: number }[] = [
  { loss: 'balanced', size: 64, coreSeconds: 2.5 },
  { loss: 'balanced', size: 128, coreSeconds: 6 },
  { loss: 'balanced', size: 256, coreSeconds: 14 },
  { loss: 'integrated', size: 128, coreSeconds: 6 },
  { loss: 'residual', size: 128, coreSeconds: 10 },
];

const spec = (name: string, change: CoreRun['spec']): Arm => ({
  name,
  change: change === undefined ? {} : { spec: change },
});
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
const derivativeWeight = (weight: number) =>
  schedule(`derivatives weigh ${weight}`, (usual) => ({
    ...usual,
    phases: usual.phases.map((phase) =>
      phase.weights.value > 0 && phase.weights.directional > 0
        ? { ...phase, weights: { value: 1, directional: weight, laplacian: weight } }
        : phase,
    ),
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

/** One thing at a time. */
const armsFor = (loss: Loss, size: number): readonly Arm[] => {
  const usual = { size: { width: size, height: size }, channels: 3, supervision: 'gradient', loss } as const;
  const { omega } = defaultsFor(usual).spec;
  return [
    spec('defaults', undefined),
    spec('width 128', { hidden: 128 }),
    spec('width 192', { hidden: 192 }),
    spec('width 256', { hidden: 256 }),
    spec('3 sine layers', { layers: 3 }),
    spec('5 sine layers', { layers: 5 }),
    spec('ω₀ × 0.7', { omega: 0.7 * omega }),
    spec('ω₀ × 1.4', { omega: 1.4 * omega }),
    rows(0.5),
    rows(2),
    muon(0.7),
    muon(1.4),
    adam(0.5),
    adam(2),
    loss === 'residual' ? decay('power') : decay('cosine'),
    ...(loss === 'residual' ? [] : [fullPrecision]),
    ...(loss === 'balanced'
      ? [valuesUntil(0.3), valuesUntil(0.7), derivativeWeight(0.03), derivativeWeight(0.12)]
      : []),
  ];
};

interface Found {
  readonly size: number;
  readonly loss: Loss;
  readonly arm: string;
  readonly figures: readonly CoreFigures[];
}

const cell = ({ psnr, residual }: CoreFigures) => `${psnr.toFixed(1)} dB, ${residual.toPrecision(2)}`;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const sweep: Bench = {
  name: 'sweep',
  claim: 'what other widths, depths, ω₀, batches, rates and schedules come to in the same time of one core',
  isLong: true,
  async run({ signal, secondsScale }) {
    const found: Found[] = [];
    for (const { loss, size, coreSeconds } of settings) {
      for (const { name, change } of armsFor(loss, size)) {
        const figures: CoreFigures[] = [];
        for (const picture of pictures) {
          signal.throwIfAborted();
          const usual = {
            picture,
            size,
            from: 'gradient',
            loss,
            coreSeconds: coreSeconds * secondsScale,
          } as const;
          figures.push(await coreRun(signal, { ...usual, ...change }));
        }
        found.push({ size, loss, arm: name, figures });
      }
    }
    const tables = settings.map(({ size, loss, coreSeconds }) => {
      const arms = found.filter((arm) => arm.size === size && arm.loss === loss);
      const usual = arms.find(({ arm }) => arm === 'defaults');
      const gain = ({ figures }: Found) =>
        mean(figures.map(({ psnr }, i) => psnr - (usual?.figures[i]?.psnr ?? Number.NaN)));
      return {
        title: `${loss}, ${size}², from gradients, ${coreSeconds * secondsScale} s of one core: dB and residual`,
        columns: ['Instead of the defaults', ...pictures, 'dB gained'],
        rows: arms.map((arm) => [arm.arm, ...arm.figures.map(cell), gain(arm).toFixed(2)]),
      };
    });
    return {
      tables,
      notes: [
        'Budgets are seconds of one core that the process itself used, so that other work on the machine counts little.',
      ],
      figures: found,
    };
  },
};
