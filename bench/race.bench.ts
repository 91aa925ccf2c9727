import { armsFor, titleOf } from './arms.ts';
import type { Setting } from './arms.ts';
import type { Bench } from './bench.ts';
import { coreRun } from './core-run.ts';
import { timeText } from './log-log.ts';
import type { Reached } from './log-log.ts';

/** Photographs that the sweep does not see, with colour and without. */
const pictures = ['coffee.png', 'rocket.jpg', 'moon.png'];
const wanted = [35, 40, 45];

/** Changes that did well in the sweep, and the seconds of one core they are raced over. */
interface Race extends Setting {
  readonly coreSeconds: readonly number[];
  readonly contenders: readonly string[];
}

const races: readonly Race[] = [
  {
    loss: 'balanced',
    from: 'gradient',
    size: 64,
    coreSeconds: [1, 2.5, 6],
    contenders: ['values alone until 0.3'],
  },
  {
    loss: 'residual',
    from: 'gradient',
    size: 128,
    coreSeconds: [6, 16, 40],
    contenders: ['ω₀ × 1.4', 'batches × 0.5'],
  },
];

interface Run {
  readonly contender: string;
  /** Of each photograph. */
  readonly curves: readonly (readonly Reached[])[];
}

async function runOf(
  signal: AbortSignal,
  { coreSeconds, contenders: _, ...setting }: Race,
  contender: string,
  secondsScale: number,
): Promise<Run> {
  const arm = armsFor(setting).find(({ name }) => name === contender);
  if (arm === undefined) throw new Error(`There is nothing named “${contender}” to race.`);
  const curves: Reached[][] = [];
  for (const picture of pictures) {
    const curve: Reached[] = [];
    // Each a training of its own, since the learning rate falls towards a training's end.
    for (const budget of coreSeconds) {
      signal.throwIfAborted();
      const seconds = budget * secondsScale;
      const { psnr } = await coreRun(signal, { picture, ...setting, coreSeconds: seconds, ...arm.change });
      curve.push({ seconds, decibels: psnr });
    }
    curves.push(curve);
  }
  return { contender, curves };
}

const decibelsOf = (curve: readonly Reached[]) => curve.map(({ decibels }) => decibels.toFixed(1)).join(', ');

export const race: Bench = {
  name: 'race',
  claim:
    'seconds of one core to 35, 40 and 45 dB with what did well in the sweep, on photographs that it did not see',
  isLong: true,
  async run({ signal, secondsScale }) {
    const found: { race: Race; runs: Run[] }[] = [];
    for (const race of races) {
      const runs: Run[] = [];
      for (const contender of ['defaults', ...race.contenders]) {
        runs.push(await runOf(signal, race, contender, secondsScale));
      }
      found.push({ race, runs });
    }
    const tables = found.map(({ race, runs }) => ({
      title: `${titleOf(race)}: dB after ${race.coreSeconds.map((s) => s * secondsScale).join(', ')} s of one core`,
      columns: ['Instead of the defaults', ...pictures, ...wanted.map((decibels) => `to ${decibels} dB, s`)],
      rows: runs.map(({ contender, curves }) => [
        contender,
        ...curves.map(decibelsOf),
        ...wanted.map((decibels) => curves.map((curve) => timeText(decibels, curve)).join(', ')),
      ]),
    }));
    return {
      tables,
      notes: [
        `Seconds to so many decibels are of ${pictures.join(', ')}, between budgets on the logarithm of time.`,
        'Budgets are seconds of one core that the process itself used, so that other work on the machine counts little.',
      ],
      figures: found,
    };
  },
};
