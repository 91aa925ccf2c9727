import * as v from 'valibot';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { JobProcess } from '../../src-main/jobs/process.ts';
import type { JobEvents } from '../../src-main/jobs/process.ts';
import type { RawView } from '../../src-main/jobs/answers.ts';
import type { ProgressReport } from '../../src-main/jobs/protocol.ts';
import type { TrainingTask } from '../../src-main/jobs/tasks.ts';
import type { Aspect } from '../../src-shared/model/aspect.ts';
import { modelCheck, probed, seamMismatch } from '../../src-shared/contract/inspection-schemas.ts';
import { identity } from '../../src-shared/model/composition.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { MeasuredView } from '../../src-shared/model/view.ts';
import { file, withPictures } from './pictures.ts';
import { built } from './seamfield.ts';
import { until } from '../until.ts';

withPictures();

const network = { hidden: 16, layers: 2, threads: 1, seed: 7, previews: true } as const;
const reports: ProgressReport[] = [];

/** A job's own process with its training done. */
async function finished(task: TrainingTask): Promise<{ job: JobProcess; metrics: Metrics }> {
  const settled = vi.fn<(metrics: Metrics | null) => void>();
  const events: JobEvents = {
    progress: (report) => void reports.push(report),
    preview: ({ step }) => job.ack(step),
    finished: (metrics) => settled(metrics),
    failed: (error) => {
      throw error;
    },
  };
  const job = new JobProcess(forkLauncher(built('main/worker.js')), events);
  job.begin(task);
  await until(() => expect(settled).toHaveBeenCalled());
  return { job, metrics: settled.mock.calls[0]![0]! };
}

const view = (job: JobProcess, of: Aspect, name: MeasuredView): Promise<RawView> =>
  job.ask({ kind: 'view', of, view: name });
const meanSquare = (data: ArrayLike<number>) =>
  Array.from(data).reduce((sum, value) => sum + value * value, 0) / data.length;

describe('a finished fusion, inspected', () => {
  it('has both photographs, their plain blend, and an exact solution that is the blend', async () => {
    const [a, b] = ['photo.png', 'square.png'].map((name) => ({ path: file(name), name }));
    const task = { kind: 'fuse', a: a!, b: b!, alpha: 0.25, size: 40, budget: { steps: 2 } } as const;
    const { job } = await finished({ ...task, ...network });
    const [first, second, blend, exact] = await Promise.all(
      (['first', 'second', 'photograph', 'exact'] as const).map((of) => view(job, of, 'value')),
    );
    expect(second).toMatchObject({ width: first!.width, height: first!.height, channels: first!.channels });
    expect(meanSquare(first!.data.map((value, i) => value - second!.data[i]!))).toBeGreaterThan(1e-3);
    const off = (of: (i: number) => number) =>
      Math.max(...Array.from(blend!.data, (value, i) => Math.abs(value - of(i))));
    expect(off((i) => 0.25 * first!.data[i]! + 0.75 * second!.data[i]!)).toBeLessThan(1e-6);
    expect(off((i) => exact!.data[i]!)).toBeLessThan(1e-5);
    await expect(view(job, 'paste', 'value')).rejects.toMatchObject({ code: 'not-allowed' });
    await job.cancel();
  });
});

describe('a finished reconstruction, inspected', () => {
  let job: JobProcess;
  let metrics: Metrics;

  beforeAll(async () => {
    const image = { path: file('photo.png'), name: 'photo.png' };
    const task = { kind: 'reconstruct', image, from: 'gradient', size: 40, budget: { steps: 150 } } as const;
    ({ job, metrics } = await finished({ ...task, ...network }));
  });
  afterAll(() => job.cancel());

  it('has the residual that its metrics tell, sample by sample', async () => {
    let [residual, power] = [0, 0];
    for (const name of ['dx', 'dy'] as const) {
      residual += meanSquare((await view(job, 'residual', name)).data);
      power += meanSquare((await view(job, 'guidance', name)).data);
    }
    expect(residual / power).toBeCloseTo(metrics.residual!, 5);
  });

  it('shows as guidance the differences of the photograph', async () => {
    const { data, width } = await view(job, 'photograph', 'value');
    const { data: dx } = await view(job, 'guidance', 'dx');
    for (const at of [0, 17, 5 * width + 3]) expect(dx[at]).toBeCloseTo((data[at + 1]! - data[at]!) * 20, 3);
  });

  it('refuses what does not supervise it, in a sentence', async () => {
    await expect(view(job, 'residual', 'laplacian')).rejects.toThrow('supervised by gradients');
    await expect(view(job, 'paste', 'value')).rejects.toThrow('no naive paste');
    await expect(job.ask({ kind: 'seam' })).rejects.toThrow('Only a clone');
  });

  it('told its PSNR against the exact solution while it trained, and never a point that was not measured', () => {
    const points = reports.flatMap(({ curve }) => curve);
    const measured = points.filter(({ exactPsnr }) => exactPsnr !== undefined);
    expect(measured.length).toBeGreaterThan(0);
    expect(measured.length).toBeLessThanOrEqual(points.length);
    expect(points.every(({ learningRate }) => learningRate !== undefined && learningRate > 0)).toBe(true);
  });

  it('is probed for what its pictures show', async () => {
    const found = v.parse(probed, await job.ask({ kind: 'probe', x: 11, y: 6 }));
    const { data, width, height } = await view(job, 'network', 'value');
    for (let c = 0; c < 3; c++) {
      expect(found.network?.value[c]).toBeCloseTo(data[(c * height + 6) * width + 11]!, 4);
    }
    const { data: residual } = await view(job, 'residual', 'dx');
    const [dx] = found.supervision;
    expect(dx).toMatchObject({ of: 'dx', y: 6 });
    const at = 6 * width + Math.floor(dx!.x);
    expect(dx!.network![0]! - dx!.value[0]!).toBeCloseTo(residual[at]!, 3);
  });

  it('is written as an ONNX file that onnxruntime opens with the same values', async () => {
    const { bytes, check } = await job.ask({ kind: 'model', check: true });
    expect(v.parse(modelCheck, check)).toMatchObject({ agrees: true, bytes: bytes.length, points: 256 });
    expect(check?.card['width']).toBe('40');
    expect(Math.max(...Object.values(check!.differences))).toBeLessThan(1e-3);
  });

  it('saves a difference in signed colours, and a network’s view at any scale', async () => {
    const question = { kind: 'picture', format: 'png', view: 'value' } as const;
    const { bytes } = await job.ask({ ...question, of: 'network', minus: 'exact', range: [-0.5, 0.5] });
    const { channels, width, height } = await sharp(bytes).metadata();
    expect({ channels, width, height }).toEqual({ channels: 3, width: 40, height: 32 });
    const same = await job.ask({ ...question, of: 'exact', minus: 'exact' });
    // Nothing at all is the middle of the diverging map everywhere.
    expect(await sharp(same.bytes).stats()).toMatchObject({
      channels: [{ stdev: 0 }, { stdev: 0 }, { stdev: 0 }],
    });
    const large = await job.ask({ ...question, of: 'network', view: 'magnitude', scale: 2 });
    expect(await sharp(large.bytes).metadata()).toMatchObject({ width: 80, height: 64 });
    const exact = await job.ask({ ...question, of: 'exact', scale: 2 });
    expect(await sharp(exact.bytes).metadata()).toMatchObject({ width: 80, height: 64 });
  });
});

describe('a finished clone, inspected', () => {
  it('shows its naive paste, its opaque source, and the mismatch along its seam', async () => {
    const named = (name: string) => ({ path: file(name), name });
    const layer = {
      source: named('source.png'),
      mask: named('mask.png'),
      transform: { ...identity, x: 6, y: 5 },
      mode: 'import',
    } as const;
    const composition = { target: named('photo.png'), layers: [layer] };
    const { job } = await finished({ kind: 'clone', composition, budget: { steps: 30 }, ...network });
    try {
      const target = await view(job, 'photograph', 'value');
      const source = await view(job, 'source', 'value');
      const paste = await view(job, 'paste', 'value');
      expect([source.width, source.height]).toEqual([target.width, target.height]);
      // The mask is hard, so both pastes are one.
      expect(source.data).toEqual(paste.data);
      const seam = v.parse(seamMismatch, await job.ask({ kind: 'seam' }));
      expect(seam.edges.length).toBeGreaterThan(40);
      const plane = target.width * target.height;
      let squares = 0;
      const differs = (i: number) =>
        [0, 1, 2].some((c) => source.data[c * plane + i] !== target.data[c * plane + i]);
      for (const { x1, y1, x2, y2, mismatch } of seam.edges) {
        // Of the two pixels beside an edge the one inside is the source's.
        const beside =
          x1 === x2
            ? [
                [x1 - 1, y1],
                [x1, y1],
              ]
            : [
                [x1, y1 - 1],
                [x1, y1],
              ];
        const inside = beside.map(([x, y]) => y! * target.width + x!).find(differs)!;
        const own = [0, 1, 2].map((c) => target.data[c * plane + inside]! - source.data[c * plane + inside]!);
        expect(mismatch).toBeCloseTo(Math.sqrt(meanSquare(own)), 5);
        expect(Math.abs(x2 - x1) + Math.abs(y2 - y1)).toBe(1);
        squares += mismatch ** 2;
      }
      expect(seam.rms).toBeCloseTo(Math.sqrt(squares / seam.edges.length), 6);
      expect(seam.spread).toBeLessThanOrEqual(seam.rms);
    } finally {
      await job.cancel();
    }
  });
});
