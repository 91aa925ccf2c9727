import type { Metrics } from '../src-shared/model/metrics.ts';
import type { Bench } from './bench.ts';
import type { CommandLineClaim, MetricFloor } from './command-line-bench.ts';
import { figure } from './floor.ts';
import type { Floor } from './floor.ts';
import { sample, seamfield } from './seamfield.ts';

/** A claim about what the command line reports of each of several photographs. */
export interface PhotographsClaim extends Omit<CommandLineClaim, 'argv'> {
  /** Names of samples. */
  readonly pictures: readonly string[];
  /** What stands on the command line for a photograph but for the budget. */
  argv(path: string): readonly string[];
}

/** The figure that is furthest on the wrong side; `undefined` where one is missing. */
export function worstOf(sense: Floor['sense'], figures: readonly (number | undefined)[]): number | undefined {
  const known = figures.filter((value) => value !== undefined);
  if (known.length < figures.length || known.length === 0) return undefined;
  return sense === 'at least' ? Math.min(...known) : Math.max(...known);
}

/** One run of the command line for each photograph; the worst of them has to pass. */
export function onPhotographs({ name, claim, seconds, floors, pictures, argv }: PhotographsClaim): Bench {
  return {
    name,
    claim: `${claim}, ${seconds} s, the worst of ${pictures.length} photographs`,
    async run({ signal, secondsScale }) {
      const budget = String(seconds * secondsScale);
      const found: { readonly picture: string; readonly metrics: Metrics }[] = [];
      for (const picture of pictures) {
        const metrics = await seamfield(signal, ...argv(sample(picture)), '--seconds', budget);
        found.push({ picture, metrics });
      }
      const worst = ({ metric, ...floor }: MetricFloor): Floor => ({
        job: name,
        quantity: `${metric}, worst of ${pictures.length}`,
        ...floor,
        measured: worstOf(
          floor.sense,
          found.map(({ metrics }) => metrics[metric]),
        ),
      });
      return {
        floors: floors.map(worst),
        tables: [
          {
            title: `${claim}, ${seconds} s`,
            columns: ['Photograph', ...floors.map(({ metric }) => metric), 'steps'],
            rows: found.map(({ picture, metrics }) => [
              picture,
              ...floors.map(({ metric, unit }) => figure(metrics[metric], unit)),
              figure(metrics.steps),
            ]),
          },
        ],
        figures: found,
      };
    },
  };
}
