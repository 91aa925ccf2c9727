import { availableParallelism } from 'node:os';

import type { Metrics } from '../src-shared/model/metrics.ts';
import type { Bench, BenchContext } from './bench.ts';
import { cloneScene } from './clone-scene.ts';
import type { SceneSide } from './clone-scene.ts';
import { figure } from './floor.ts';
import { timeText } from './log-log.ts';
import type { Reached } from './log-log.ts';
import { installPeer, peerVersions } from './peer.ts';
import { recipe } from './recipe.ts';
import { sample, seamfield } from './seamfield.ts';
import { sgemmRate } from './sgemm-rate.ts';
import type { Chart, Curve } from './svg-chart.ts';
import { svgOf } from './svg-chart.ts';

/** Every budget is a training of its own, since the learning rate falls towards a training's end. */
const budgets = [1, 5, 20, 60];
const wanted = [30, 32.9, 35, 40, 45];
const sizes = [64, 128, 256, 512] as const;

interface Job {
  readonly name: string;
  readonly loss: 'balanced' | 'integrated' | 'residual';
  readonly size: number;
  /** What its decibels are measured against. */
  readonly metric: 'psnr' | 'exactPsnr';
  argv(folder: string): readonly string[] | Promise<readonly string[]>;
}

const reconstruct = (from: 'gradient' | 'laplacian', loss: Job['loss'], size: number): Job => ({
  name: from,
  loss,
  size,
  metric: 'psnr',
  argv: () => ['reconstruct', sample('astronaut.png'), '--from', from, '--size', `${size}`, '--loss', loss],
});
const fuse = (size: number): Job => ({
  name: 'fuse',
  loss: 'balanced',
  size,
  metric: 'exactPsnr',
  argv: () => ['fuse', sample('astronaut.png'), sample('coffee.png'), '--alpha', '0.5', '--size', `${size}`],
});
const clone = (size: SceneSide): Job => ({
  name: 'clone',
  loss: 'balanced',
  size,
  metric: 'exactPsnr',
  argv: (folder) => cloneScene(folder, size, 'import'),
});

/** The losses beside the default one at two sizes. */
const compared = [128, 256] as const;

const jobs: readonly Job[] = [
  ...sizes.map((size) => reconstruct('gradient', 'balanced', size)),
  ...(['integrated', 'residual'] as const).flatMap((loss) =>
    compared.map((size) => reconstruct('gradient', loss, size)),
  ),
  ...sizes.map((size) => reconstruct('laplacian', 'balanced', size)),
  ...sizes.map(fuse),
  ...([64, 128, 256] as const).map(clone),
];

/** A minute is for what is still learning by then: not for a picture of 64², nor to tell one loss from another. */
const budgetsFor = ({ loss, size }: Job) =>
  loss === 'balanced' && size > 64 ? budgets : budgets.filter((budget) => budget < 60);

interface Found {
  readonly job: Omit<Job, 'argv'>;
  readonly runs: readonly { readonly seconds: number; readonly metrics: Metrics }[];
}

async function measure({ signal, secondsScale, folder }: BenchContext, job: Job): Promise<Found> {
  const runs: { seconds: number; metrics: Metrics }[] = [];
  for (const budget of budgetsFor(job)) {
    const seconds = budget * secondsScale;
    const metrics = await seamfield(signal, ...(await job.argv(folder)), '--seconds', String(seconds));
    runs.push({ seconds, metrics });
  }
  const { name, loss, size, metric } = job;
  return { job: { name, loss, size, metric }, runs };
}

function curveOf({ job, runs }: Found): Reached[] {
  return runs.map(({ seconds, metrics }) => ({ seconds, decibels: metrics[job.metric] ?? Number.NaN }));
}

function row(found: Found): string[] {
  const { name, loss, size } = found.job;
  const curve = curveOf(found);
  const gflops = found.runs.at(-1)?.metrics.gflops;
  return [
    `${name}, ${loss}`,
    `${size}²`,
    ...budgets.map((_, i) => curve[i]?.decibels.toFixed(1) ?? '–'),
    ...wanted.map((decibels) => timeText(decibels, curve)),
    figure(found.runs.at(-1)?.metrics.residual),
    figure(gflops === undefined ? undefined : Math.round(gflops)),
  ];
}

function chartOf(size: number, all: readonly Found[], peer: readonly Reached[]): Chart {
  const curves = all
    .filter(({ job }) => job.size === size)
    .map((found): Curve => {
      const { name, loss } = found.job;
      const label = loss === 'balanced' ? name : loss;
      return { label, points: curveOf(found).map(({ seconds, decibels }) => ({ x: seconds, y: decibels })) };
    });
  const points = peer.map(({ seconds, decibels }) => ({ x: seconds, y: decibels }));
  return {
    title: `${size}²`,
    xLabel: 'seconds of training',
    yLabel: 'dB',
    xTicks: [1, 5, 20, 60],
    yTicks: [10, 20, 30, 40, 50, 60, 70, 80, 90],
    curves: points.length === 0 ? curves : [...curves, { label: 'published recipe', points, isPeer: true }],
  };
}

/** The recipe's picture, gain and offset fitted, where its first step that reached each budget left it. */
async function peerCurve(context: BenchContext, size: number): Promise<Reached[]> {
  const report = await recipe(
    context,
    size,
    budgets.map((budget) => budget * context.secondsScale),
  );
  return report.standings.map(({ seconds, gainAndOffsetPsnr }) => ({ seconds, decibels: gainAndOffsetPsnr }));
}

export const quality: Bench = {
  name: 'quality',
  claim: 'decibels after 1, 5, 20 and 60 s, by job, loss and size, beside the published recipe',
  isLong: true,
  async run(context) {
    const { signal, secondsScale } = context;
    const threads = availableParallelism();
    const sgemm = await sgemmRate(2048, 256, threads, 1.5 * secondsScale);
    const { torch } = await peerVersions(signal);
    const found: Found[] = [];
    for (const job of jobs) found.push(await measure(context, job));
    const peers = new Map<number, Reached[]>();
    for (const size of torch === undefined ? [] : compared) peers.set(size, await peerCurve(context, size));
    const peerRows = [...peers].map(([size, curve]) => [
      'published recipe',
      `${size}²`,
      ...curve.map(({ decibels }) => decibels.toFixed(1)),
      ...wanted.map(() => '–'),
      '–',
      '–',
    ]);
    const head = ['Job, loss', 'Size', ...budgets.map((budget) => `${budget} s`)];
    const columns = [...head, ...wanted.map((decibels) => `to ${decibels} dB, s`), 'residual', 'GFLOP/s'];
    return {
      tables: [
        {
          title: 'Decibels by budget, and seconds to reach them (between budgets: on the logarithm of time)',
          columns,
          rows: [...found.map(row), ...peerRows],
        },
      ],
      notes: [
        `sgemm at width 256 on ${threads} threads: ${figure(Math.round(sgemm))} GFLOP/s, the limit of the last column.`,
        'Reconstructions are measured against the photograph, fusions and clones against the exact solution.',
        ...(torch === undefined
          ? [`quality: peer not installed (no PyTorch here): ${installPeer.torch}.`]
          : []),
      ],
      pictures: [
        {
          file: 'quality.svg',
          content: svgOf(sizes.map((size) => chartOf(size, found, peers.get(size) ?? []))),
        },
      ],
      figures: { sgemm, found, peers: [...peers] },
    };
  },
};
