import { defaultLoss } from '../src-shared/model/training.ts';
import type { AppInfo } from '../src-shared/contract/app-schemas.ts';
import { count, decibel, duration, rate, small } from './format.ts';
import { supervisionOf } from './stores/inspector.svelte.ts';
import type { Run } from './stores/runs.svelte.ts';
import { strings } from './strings.ts';

const words = strings.inspect.runs;

/** What is to be known of a run, as pairs of a name and a text; what is not known is left out. */
export function cardOf(run: Run, info: AppInfo | null): [name: string, text: string][] {
  const { request: r, metrics: m, state } = run;
  const { names } = words;
  const { hidden, layers, omega } = run.card ?? {};
  const spec =
    hidden !== undefined && layers !== undefined && omega !== undefined
      ? words.spec(hidden, layers, omega)
      : asked(r);
  const size = m.width === undefined ? undefined : `${m.width} × ${m.height ?? m.width}`;
  const engine =
    m.engine === undefined
      ? undefined
      : [strings.status.engines[m.engine], m.provider && strings.computing.providers[m.provider]]
          .filter(Boolean)
          .join(', ');
  const of = <T>(value: T | undefined, say: (value: T) => string) =>
    value === undefined ? undefined : say(value);
  const all: [string, string | undefined][] = [
    [names.kind, [words.kinds[r.kind], size].filter(Boolean).join(', ')],
    [names.state, strings.run.states[state]],
    [names.field, strings.train.supervisions[supervisionOf(r)]],
    [names.operator, strings.train.operatorsShort[r.operator ?? 'staggered']],
    [names.loss, strings.train.losses[r.loss ?? defaultLoss]],
    [
      names.spec,
      [spec, of(m.parameters, (value) => strings.result.parameters(count(value)))].filter(Boolean).join(', '),
    ],
    [names.seed, String(m.seed ?? r.seed ?? 0)],
    [names.engine, engine],
    [names.products, of(m.products, (value) => words.products[value])],
    [names.machine, machineOf(run, info)],
    [names.began, new Date(run.began).toLocaleTimeString('en-GB')],
    [names.time, of(m.seconds, duration)],
    [names.steps, of(m.steps, count)],
    [names.speed, of(m.stepsPerSecond, (value) => strings.run.rate(rate(value)))],
    [names.psnr, of(m.psnr, decibel)],
    [names.exactPsnr, of(m.exactPsnr, decibel)],
    [names.gradientPsnr, of(m.gradientPsnr, decibel)],
    [names.laplacianPsnr, of(m.laplacianPsnr, decibel)],
    [names.residual, of(m.residual, small)],
    [names.maxOutsideDifference, of(m.maxOutsideDifference, String)],
  ];
  return all.filter((line): line is [string, string] => line[1] !== undefined);
}

/** What trained it. What has its figures from before that was noted may have been trained anywhere. */
function machineOf({ metrics }: Run, info: AppInfo | null): string | undefined {
  return metrics.machine ?? (metrics.parameters === undefined ? info?.machine : undefined);
}

/** What was asked of the network's shape, while it is not known what became of it. */
function asked({ hidden, layers, omega }: Run['request']): string {
  const { byDefault } = words;
  if (hidden === undefined && layers === undefined && omega === undefined) return byDefault;
  return words.spec(String(hidden ?? byDefault), String(layers ?? byDefault), String(omega ?? byDefault));
}

/** The same for a program: the request, the metrics, the machine, and the curve as it was drawn. */
export function runAsJson(run: Run, info: AppInfo | null): string {
  const { name, request, state, metrics, card, points, began } = run;
  const machine = machineOf(run, info);
  const versions = info?.versions;
  const when = new Date(began).toISOString();
  return JSON.stringify(
    { name, state, began: when, request, network: card, metrics, machine, versions, curve: points },
    null,
    2,
  );
}
