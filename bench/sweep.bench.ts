import { armsFor, titleOf } from './arms.ts';
import type { Setting } from './arms.ts';
import type { Bench } from './bench.ts';
import { coreRun } from './core-run.ts';
import type { CoreFigures } from './core-run.ts';

/** Colour and grey; what wins on them is raced on others (race.bench.ts). */
const pictures = ['astronaut.png', 'camera.png'];
/** A quarter to half of the floors' budgets, for half of the cores; the losses beside the default one at one size. */
const settings: readonly (Setting & { readonly coreSeconds: number })[] = [
  { loss: 'balanced', from: 'gradient', size: 64, coreSeconds: 2.5 },
  { loss: 'balanced', from: 'gradient', size: 128, coreSeconds: 6 },
  { loss: 'balanced', from: 'gradient', size: 256, coreSeconds: 12 },
  { loss: 'balanced', from: 'gradient', size: 512, coreSeconds: 20 },
  { loss: 'balanced', from: 'laplacian', size: 128, coreSeconds: 8 },
  { loss: 'integrated', from: 'gradient', size: 128, coreSeconds: 6 },
  { loss: 'residual', from: 'gradient', size: 128, coreSeconds: 16 },
];

interface Found {
  readonly setting: Setting;
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
    for (const { coreSeconds, ...setting } of settings) {
      for (const { name, change } of armsFor(setting)) {
        const figures: CoreFigures[] = [];
        for (const picture of pictures) {
          signal.throwIfAborted();
          const budget = coreSeconds * secondsScale;
          figures.push(await coreRun(signal, { picture, ...setting, coreSeconds: budget, ...change }));
        }
        found.push({ setting, arm: name, figures });
      }
    }
    const tables = settings.map(({ coreSeconds, ...setting }) => {
      const title = titleOf(setting);
      const arms = found.filter((arm) => titleOf(arm.setting) === title);
      const usual = arms.find(({ arm }) => arm === 'defaults');
      const gain = ({ figures }: Found) =>
        mean(figures.map(({ psnr }, i) => psnr - (usual?.figures[i]?.psnr ?? Number.NaN)));
      return {
        title: `${title}, ${coreSeconds * secondsScale} s of one core: dB and residual`,
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
