import type { Metrics } from '../src-shared/model/metrics.ts';
import type { Bench, BenchContext } from './bench.ts';
import type { Floor } from './floor.ts';
import { seamfield } from './seamfield.ts';

/** A bound on one of the figures that the command line reports. */
export type MetricFloor = Pick<Floor, 'sense' | 'bound' | 'unit'> & {
  readonly metric: 'psnr' | 'exactPsnr' | 'residual' | 'maxOutsideDifference';
};

export interface CommandLineClaim {
  readonly name: string;
  readonly claim: string;
  /** The budget of training. */
  readonly seconds: number;
  readonly floors: readonly MetricFloor[];
  /** What stands on the command line but for the budget; may make files in the context's folder. */
  argv(context: BenchContext): readonly string[] | Promise<readonly string[]>;
}

/** A claim about what one run of the command line reports. */
export function commandLineBench({ name, claim, seconds, floors, argv }: CommandLineClaim): Bench {
  return {
    name,
    claim,
    async run(context) {
      const budget = String(seconds * context.secondsScale);
      const metrics = await seamfield(context.signal, ...(await argv(context)), '--seconds', budget);
      return { floors: floors.map((floor) => measured(name, floor, metrics)), figures: metrics };
    },
  };
}

function measured(job: string, { metric, ...floor }: MetricFloor, metrics: Metrics): Floor {
  return { job, quantity: metric, ...floor, measured: metrics[metric] };
}
