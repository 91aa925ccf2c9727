import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Bench, BenchContext } from './bench.ts';
import { cloneQuality } from './clone-quality.ts';
import type { CloneQuality } from './clone-quality.ts';
import { exactClone } from './exact-clone.ts';
import { figure } from './floor.ts';
import type { Floor } from './floor.ts';
import { installPeer, peerVersions, runPeer } from './peer.ts';
import { solverScene } from './solver-scene.ts';
import type { SolverScene } from './solver-scene.ts';

const sizes = [
  { side: 1024, maskPixels: 620_000 },
  { side: 2048, maskPixels: 2_500_000 },
];
/** Runs of each, of which the fastest counts; the first of ours is kept too, since it includes compilation. */
const repeatsAt = (secondsScale: number) => Math.max(1, Math.round(3 * secondsScale));

interface Contestant extends CloneQuality {
  /** Of every run in turn. */
  readonly seconds: readonly number[];
}

interface Comparison {
  readonly side: number;
  readonly maskPixels: number;
  readonly ours: Contestant & { readonly solvingSeconds: number };
  readonly opencv: (Contestant & { readonly threads: number }) | undefined;
}

function measureOurs({ signal, secondsScale }: BenchContext, scene: SolverScene): Comparison['ours'] {
  const runs = Array.from({ length: repeatsAt(secondsScale) }, () => exactClone(signal, scene));
  return {
    seconds: runs.map(({ seconds }) => seconds),
    solvingSeconds: Math.min(...runs.map(({ solvingSeconds }) => solvingSeconds)),
    ...cloneQuality(runs[0]!.result.data, scene),
  };
}

async function measureOpencv(
  { signal, folder, secondsScale }: BenchContext,
  scene: SolverScene,
): Promise<Comparison['opencv']> {
  const { side, source, target, mask } = scene;
  const files = ['source', 'target', 'mask', 'result'].map((name) => join(folder, `${name}.raw`));
  for (const [i, data] of [source.data, target.data, mask].entries()) await writeFile(files[i]!, data);
  const report = await runPeer(signal, 'seamless_clone.py', [...files, side, repeatsAt(secondsScale)]);
  const { seconds, threads } = report as { seconds: number[]; threads: number };
  return { seconds, threads, ...cloneQuality(await readFile(files[3]!), scene) };
}

const fastest = ({ seconds }: Contestant) => Math.min(...seconds);

function ratio({ ours, opencv }: Comparison): number | undefined {
  return opencv && fastest(opencv) / fastest(ours);
}

function row(comparison: Comparison): string[] {
  const { side, maskPixels, ours, opencv } = comparison;
  const theirs = (value: (peer: Contestant) => number) =>
    opencv === undefined ? 'peer not installed' : figure(value(opencv));
  return [
    `${side}², ${maskPixels / 1e6} M pixels`,
    figure(fastest(ours)),
    figure(ours.seconds[0]),
    figure(ours.solvingSeconds),
    theirs(fastest),
    figure(ratio(comparison), '×'),
    figure(ours.residual),
    theirs(({ residual }) => residual),
    figure(ours.outside),
    theirs(({ outside }) => outside),
  ];
}

function floor(comparison: Comparison): Floor {
  return {
    job: 'solver',
    quantity: `${comparison.side}², times as fast as OpenCV`,
    sense: 'at least',
    bound: 1,
    unit: '×',
    measured: ratio(comparison),
  };
}

export const solver: Bench = {
  name: 'solver',
  claim: "the exact solver against OpenCV's seamlessClone: RGB, 8 bit to 8 bit, 0.62 and 2.5 M pixel masks",
  async run(context) {
    const { opencv: version } = await peerVersions(context.signal);
    const comparisons: Comparison[] = [];
    for (const size of sizes) {
      context.signal.throwIfAborted();
      const scene = await solverScene(size.side, size.maskPixels);
      const ours = measureOurs(context, scene);
      const opencv = version === undefined ? undefined : await measureOpencv(context, scene);
      comparisons.push({ ...size, ours, opencv });
    }
    return {
      floors: version === undefined ? [] : comparisons.map(floor),
      tables: [
        {
          title:
            "Exact clone against OpenCV's seamlessClone (seconds; residual and change in steps of 8 bits)",
          columns: [
            'Picture, mask',
            'Seamfield',
            'first run',
            'solving',
            'OpenCV',
            'Ratio',
            'Residual',
            'OpenCV',
            'Change outside',
            'OpenCV',
          ],
          rows: comparisons.map(row),
        },
      ],
      notes:
        version === undefined ? [`solver: peer not installed (no OpenCV here): ${installPeer.opencv}.`] : [],
      figures: comparisons,
    };
  },
};
