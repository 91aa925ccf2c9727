import { parseArgs } from 'node:util';

/** What the user asked of the bench. */
export interface BenchOptions {
  /** Names of benches, in the order they run in. */
  readonly names: readonly string[];
  readonly secondsScale: number;
  /** The JSON file; bench/results/latest.json where absent. */
  readonly json?: string;
  readonly list: boolean;
  readonly writeResults: boolean;
  readonly help: boolean;
}

export const usage = `npm run bench -- [options]
  --list               name the benches and what each claims
  --only NAME[,NAME]   run these alone; the long ones run only so
  --quick              a tenth of every budget (the same as --seconds-scale 0.1)
  --seconds-scale X    X times every budget, above 0 and at most 10; floors are judged at 1 only
  --json FILE          where the figures go (default bench/results/latest.json)
  --write-results      also write the tables kept in bench/: RESULTS.md for all that are not long, NAME.md for one
                       long bench; at full length`;

/** Throws an Error that says in one sentence what is wrong with the arguments. */
export function readOptions(
  argv: readonly string[],
  known: readonly string[],
  long: readonly string[],
): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      list: { type: 'boolean', default: false },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'seconds-scale': { type: 'string' },
      json: { type: 'string' },
      'write-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, quick, json, list, help } = values;
  const wanted = only?.split(',').map((name) => name.trim());
  const stranger = wanted?.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new Error(`There is no bench “${stranger}”; there are ${known.join(', ')}.`);
  }
  const scaleText = values['seconds-scale'];
  if (quick && scaleText !== undefined) throw new Error('--quick and --seconds-scale exclude each other.');
  const secondsScale = quick ? 0.1 : Number(scaleText ?? 1);
  if (scaleText === '' || !(secondsScale > 0 && secondsScale <= 10)) {
    throw new Error(
      `--seconds-scale takes a number above 0 and at most 10, not “${scaleText ?? secondsScale}”.`,
    );
  }
  const writeResults = values['write-results'];
  const isOneLong = wanted?.length === 1 && long.includes(wanted[0]!);
  if (writeResults && ((wanted !== undefined && !isOneLong) || secondsScale !== 1)) {
    throw new Error(
      `--write-results takes the whole bench, or one of ${long.join(', ')}, at full length: without --quick or --seconds-scale.`,
    );
  }
  const names = known.filter((name) => wanted?.includes(name) ?? !long.includes(name));
  return { names, secondsScale, list, writeResults, help, ...(json === undefined ? {} : { json }) };
}
