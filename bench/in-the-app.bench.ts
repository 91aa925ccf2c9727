import { join } from 'node:path';
import type { Bench, BenchContext } from './bench.ts';
import { chromiumMissing } from './chromium-missing.ts';
import { figure } from './floor.ts';
import { onApp, type RunningApp } from './on-app.ts';
import { processorTime, type ProcessorTime } from './processor-time.ts';
import { sample, seamfield } from './seamfield.ts';

/** Per cent of the command line's steps that the same training makes in the app, somebody looking at it. */
const bound = 82;
const budget = 30;
const repeats = 2;

interface Run {
  readonly inApp: number;
  readonly onCommandLine: number;
  readonly previews: number;
  readonly time: ProcessorTime;
}

/** Trains in the app from the button to the result, its previews on show. */
async function trainIn(app: RunningApp, seconds: number): Promise<Omit<Run, 'onCommandLine'>> {
  const { page } = app;
  await page.getByRole('button', { name: 'Astronaut' }).click();
  await page.getByLabel('Size', { exact: true }).selectOption('256');
  await page.getByLabel('Time', { exact: true }).selectOption('custom');
  await page.getByLabel('Seconds').fill(String(seconds));
  await page.getByLabel('Seconds').blur();
  let previews = 0;
  page.on('request', (request) => void (previews += request.url().endsWith('/jobs:ack') ? 1 : 0));
  await page.waitForTimeout(1000);
  const before = await processorTime(app);
  await page.locator('.side [data-action=train]').click();
  await page.locator('[data-metric=residual]').waitFor({ timeout: 1000 * seconds + 120_000 });
  const after = await processorTime(app);
  const [job] = await page.evaluate<{ metrics: { steps: number } }[]>(
    `fetch('/rpc/jobs:list', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      .then((response) => response.json()).then(({ result }) => result)`,
  );
  const spent = (kind: keyof ProcessorTime) => after[kind] - before[kind];
  const time = {
    training: spent('training'),
    host: spent('host'),
    page: spent('page'),
    drawing: spent('drawing'),
    browser: spent('browser'),
  };
  return { inApp: job?.metrics.steps ?? 0, previews, time };
}

async function once(
  { signal, folder }: BenchContext,
  seconds: number,
  run: number,
): Promise<Run | undefined> {
  const own = join(folder, `in-the-app-${run}`);
  const inApp = await onApp({ signal, folder: own }, (app) => trainIn(app, seconds));
  if (inApp === undefined) return undefined;
  const image = ['reconstruct', sample('astronaut.png'), '--from', 'gradient', '--size', '256'];
  const { steps } = await seamfield(signal, ...image, '--seconds', String(seconds));
  return { ...inApp, onCommandLine: steps ?? 0 };
}

export const inTheApp: Bench = {
  name: 'in-the-app',
  claim: `steps of a training in the app in Chromium per step on the command line, 256², ${budget} s, in turns, ${repeats} times`,
  async run(context) {
    const found: Run[] = [];
    for (let run = 0; run < repeats; run++) {
      const one = await once(context, budget * context.secondsScale, run);
      if (one === undefined) return { notes: [chromiumMissing('in-the-app')] };
      found.push(one);
    }
    const sum = (of: (run: Run) => number) => found.reduce((total, run) => total + of(run), 0);
    return {
      floors: [
        {
          job: 'in-the-app',
          quantity: 'steps per step on the command line',
          sense: 'at least',
          bound,
          measured: (100 * sum(({ inApp }) => inApp)) / sum(({ onCommandLine }) => onCommandLine),
          unit: '%',
        },
      ],
      tables: [
        {
          title: 'Steps of one training in the app and on the command line; in the app, processor seconds',
          columns: [
            ...['Run', 'in the app', 'command line', 'previews'],
            ...['training', 'host', 'page', 'drawing', 'browser'],
          ],
          rows: found.map(({ inApp, onCommandLine, previews, time }, run) => [
            ...[run + 1, inApp, onCommandLine, previews].map(String),
            ...[time.training, time.host, time.page, time.drawing, time.browser].map((it) => figure(it)),
          ]),
        },
      ],
      figures: found,
    };
  },
};
