/**
 * Exported networks before three judges that share no code with the exporter: onnx's checker, onnxruntime, and numpy
 * on the file's own list of operators; all against plain loops in float64.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportModel } from '../../src-main/onnx/export-model.ts';
import { importModel } from '../../src-main/onnx/import-model.ts';
import { seededModel } from '../../src-main/onnx/testing.ts';
import type { SirenModel } from '../../src-main/siren/model.ts';
import { Random } from '../../src-main/siren/random.ts';

const python = '/usr/bin/python3';
const evaluator = new URL('../fixtures/evaluate_onnx.py', import.meta.url).pathname;
const streams = ['rgb', 'dx', 'dy', 'laplacian'] as const;
type Outputs = Record<string, ArrayLike<number>>;

/** Φ at one point in float64: the formula of a SIREN, by loops. */
function valueAt({ parameters: { W, b } }: SirenModel, x: number, y: number): number[] {
  let h = [x, y];
  W.forEach((matrix, k) => {
    const width = b[k]!.length;
    const z = Array.from(b[k]!, (bias, j) =>
      h.reduce((sum, unit, i) => sum + unit * matrix[i * width + j]!, bias),
    );
    h = k < W.length - 1 ? z.map(Math.sin) : z;
  });
  return h;
}

/** Φ and its derivatives at points [n, 2]; the derivatives by central differences of fourth order. */
function reference(model: SirenModel, points: Float32Array): Record<(typeof streams)[number], number[]> {
  const out = { rgb: [] as number[], dx: [] as number[], dy: [] as number[], laplacian: [] as number[] };
  const step = 1e-3 / model.spec.omega;
  for (let p = 0; p < points.length; p += 2) {
    const [x, y] = [points[p]!, points[p + 1]!];
    const along = (u: number, v: number) =>
      [-2, -1, 0, 1, 2].map((i) => valueAt(model, x + i * u * step, y + i * v * step));
    const [acrossX, acrossY] = [along(1, 0), along(0, 1)];
    for (let c = 0; c < model.spec.channels; c++) {
      const taps = (weights: readonly number[], values: readonly number[][]) =>
        weights.reduce((sum, weight, i) => sum + weight * values[i]![c]!, 0);
      const first = [1, -8, 0, 8, -1];
      const second = [-1, 16, -30, 16, -1];
      out.rgb.push(acrossX[2]![c]!);
      out.dx.push(taps(first, acrossX) / (12 * step));
      out.dy.push(taps(first, acrossY) / (12 * step));
      out.laplacian.push((taps(second, acrossX) + taps(second, acrossY)) / (12 * step ** 2));
    }
  }
  return out;
}

/** The largest difference, as a share of the range that the truth spans. */
function relativeError(values: ArrayLike<number>, truth: readonly number[]): number {
  if (values.length !== truth.length) return Infinity;
  const range = Math.max(...truth) - Math.min(...truth);
  return Math.max(...truth.map((value, i) => Math.abs(value - values[i]!))) / range;
}

async function runtimeOutputs(bytes: Uint8Array, points: Float32Array): Promise<Outputs> {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const results = await session.run({ coords: new ort.Tensor('float32', points, [points.length / 2, 2]) });
  const outputs = Object.entries(results).map(([name, { data }]) => [
    name,
    Float32Array.from(data as Float32Array),
  ]);
  await session.release();
  return Object.fromEntries(outputs) as Outputs;
}

interface Verdict {
  readonly outputs: string[];
  readonly shapes: Record<string, (string | number)[]>;
  readonly metadata: Record<string, string>;
  readonly values: Outputs;
}

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-onnx-'));
  await promisify(execFile)(python, ['-c', 'import onnx, numpy']).catch(() => {
    throw new Error(
      "This test needs the onnx checker: install Debian's package python3-onnx (apt-get install python3-onnx).",
    );
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The verdict of onnx's checker (which throws) and of numpy on a file. */
async function independentVerdict(bytes: Uint8Array, points: Float32Array): Promise<Verdict> {
  const [model, coords, out] = ['model.onnx', 'coords.bin', 'out.bin'].map((name) => join(folder, name));
  await writeFile(model!, bytes);
  await writeFile(coords!, new Uint8Array(points.buffer, points.byteOffset, points.byteLength));
  const { stdout } = await promisify(execFile)(python, [evaluator, model!, coords!, out!]);
  const verdict = JSON.parse(stdout) as Omit<Verdict, 'values'>;
  const raw = await readFile(out!);
  const all = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  const size = all.length / verdict.outputs.length;
  const values = Object.fromEntries(
    verdict.outputs.map((name, i) => [name, all.subarray(i * size, (i + 1) * size)]),
  );
  return { ...verdict, values };
}

function pointsInDomain(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: 2 * count }, () => random.uniform(-1, 1));
}

describe.each([
  { channels: 1, hidden: 16, layers: 1, omega: 5 },
  { channels: 1, hidden: 32, layers: 2, omega: 10 },
  { channels: 3, hidden: 32, layers: 4, omega: 15 },
] as const)('an exported network of $layers sine layers of $hidden, $channels channels', (spec) => {
  const model = seededModel(spec, 7);
  const points = pointsInDomain(200, 11);
  const truth = reference(model, points);

  it('computes value and derivatives to 1e-5 of their range in onnxruntime', async () => {
    const outputs = await runtimeOutputs(exportModel(model, { derivatives: true }), points);
    expect(Object.keys(outputs)).toEqual([...streams]);
    for (const name of streams) expect(relativeError(outputs[name]!, truth[name]), name).toBeLessThan(1e-5);
  });

  it('computes the same value without derivatives', async () => {
    const outputs = await runtimeOutputs(exportModel(model, { derivatives: false }), points);
    expect(Object.keys(outputs)).toEqual(['rgb']);
    expect(relativeError(outputs['rgb']!, truth.rgb)).toBeLessThan(1e-5);
  });

  it.each([true, false])(
    'passes the full check of onnx and agrees with numpy (derivatives: %s)',
    async (derivatives) => {
      const verdict = await independentVerdict(exportModel(model, { derivatives }), points);
      const expected = derivatives ? streams : (['rgb'] as const);
      expect(verdict.outputs).toEqual([...expected]);
      for (const name of expected)
        expect(relativeError(verdict.values[name]!, truth[name]), name).toBeLessThan(1e-5);
      expect(verdict.metadata['seamfield.version']).toBe('1');
      const tall = Object.values(verdict.shapes).filter(([rows]) => rows === 'N');
      expect(tall).toContainEqual(['N', spec.hidden]);
    },
  );
});

describe('an exported network of the size that is trained', () => {
  const model = seededModel({ channels: 3, hidden: 256, layers: 4, omega: 60 }, 3);
  const bytes = exportModel(model, { derivatives: true });

  it('is read back to the bit', () => {
    expect(importModel(bytes)).toEqual(model);
  });

  it('evaluates any number of points, none included', async () => {
    for (const count of [0, 1, 1000]) {
      const outputs = await runtimeOutputs(bytes, pointsInDomain(count, 1));
      for (const name of streams) expect(outputs[name]).toHaveLength(3 * count);
    }
  });

  it('agrees with the value computed in float64 to 1e-5 of its range', async () => {
    const points = pointsInDomain(300, 2);
    const truth = Array.from({ length: 300 }, (_, p) =>
      valueAt(model, points[2 * p]!, points[2 * p + 1]!),
    ).flat();
    const outputs = await runtimeOutputs(bytes, points);
    expect(relativeError(outputs['rgb']!, truth)).toBeLessThan(1e-5);
  });
});

it('is still ours after onnx for Python has read and written it', async () => {
  const model = seededModel({ channels: 3, hidden: 8, layers: 2, omega: 30 }, 5);
  const file = join(folder, 'rewritten.onnx');
  await writeFile(file, exportModel(model, { derivatives: true }));
  await promisify(execFile)(python, [
    '-c',
    'import onnx, sys; onnx.save(onnx.load(sys.argv[1]), sys.argv[1])',
    file,
  ]);
  expect(importModel(new Uint8Array(await readFile(file)))).toEqual(model);
});
