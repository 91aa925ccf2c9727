import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cloneGuidance, exactSolution, type CloneRequest, type Raster } from '../src-main/fields/index.ts';
import type { Mask } from '../src-shared/model/mask.ts';

/** One size: our clone from floating-point pixels to the exact solution, and OpenCV's from 8 bits to 8 bits. */
export interface ExactSolverRow {
  readonly job: string;
  readonly maskPixels: number;
  /** The median of five runs, the first, in which the code is yet to be compiled, among them. */
  readonly seconds: number;
  readonly firstSeconds: number;
  /** Relative residual the solver stops at. */
  readonly tolerance: number;
  /** Left out where OpenCV is not installed. */
  readonly opencv?: { readonly seconds: number; readonly version: string; readonly threads: number };
  /** Our seconds over OpenCV's. */
  readonly ratio?: number;
}

const REPEATS = 5;
/** OpenCV takes up to 20 s at the larger size. */
const PEER_REPEATS = { 1024: 3, 2048: 1 } as const;

/** Times the exact solution of a clone, with 0.62 and 2.5 million pixels under the mask, against OpenCV's seamlessClone. */
export async function exactSolverBench(): Promise<ExactSolverRow[]> {
  const rows: ExactSolverRow[] = [];
  for (const size of [1024, 2048] as const) rows.push(await benchSize(size));
  return rows;
}

async function benchSize(size: keyof typeof PEER_REPEATS): Promise<ExactSolverRow> {
  const target = texture(size, 1);
  const source = texture(size, 2);
  const mask = disc(size);
  const request: CloneRequest = {
    target: rasterOf(target, size),
    source: rasterOf(source, size),
    mask: { width: size, height: size, data: Float32Array.from(mask) } satisfies Mask,
    placement: { x: 0, y: 0 },
    mode: 'import',
    alpha: 1,
    margin: 8,
  };
  const times = Array.from({ length: REPEATS }, () => {
    const begin = performance.now();
    exactSolution(new AbortController().signal, cloneGuidance(request).guidance);
    return (performance.now() - begin) / 1000;
  });
  const opencv = await timeOpenCv(size, { target, source, mask: mask.map((inside) => inside * 255) });
  const seconds = median(times);
  return {
    job: `clone ${size}² RGB`,
    maskPixels: mask.reduce((sum, inside) => sum + inside, 0),
    seconds,
    firstSeconds: times[0]!,
    tolerance: 1e-8,
    ...(opencv && { opencv, ratio: seconds / opencv.seconds }),
  };
}

/** Interleaved 8-bit RGB: waves of many lengths with noise on them, so that no frequency is missing. */
function texture(size: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: size * size * 3 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const x = Math.floor(i / 3) % size;
    const y = Math.floor(i / 3 / size);
    const waves = [3, 17, 90].map((length, k) => Math.sin((x * (k + seed) + y * 2) / length + (i % 3)));
    return 128 + 25 * waves.reduce((sum, wave) => sum + wave, 0) + (state >>> 27);
  });
}

/** A disc over 59 % of the square: 1 inside. */
function disc(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const x = (i % size) - size / 2;
    const y = Math.floor(i / size) - size / 2;
    return Number(Math.hypot(x, y) < 0.434 * size);
  });
}

function rasterOf(interleaved: Uint8Array, size: number): Raster {
  const plane = size * size;
  const data = Float32Array.from({ length: 3 * plane }, (_, i) => {
    return interleaved[(i % plane) * 3 + Math.floor(i / plane)]! / 255;
  });
  return { width: size, height: size, channels: 3, data };
}

async function timeOpenCv(
  size: keyof typeof PEER_REPEATS,
  images: Readonly<Record<'target' | 'source' | 'mask', Uint8Array>>,
): Promise<ExactSolverRow['opencv']> {
  const folder = await mkdtemp(join(tmpdir(), 'seamfield-bench-'));
  try {
    for (const [name, bytes] of Object.entries(images)) await writeFile(join(folder, `${name}.raw`), bytes);
    const script = fileURLToPath(new URL('peers/opencv_clone.py', import.meta.url));
    const run = await promisify(execFile)('/usr/bin/python3', [
      script,
      folder,
      `${size}`,
      `${PEER_REPEATS[size]}`,
    ]);
    const { seconds, version, threads } = JSON.parse(run.stdout) as {
      seconds: number[];
      version: string;
      threads: number;
    };
    return { seconds: median(seconds), version, threads };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether Python, or OpenCV in it (the script's exit status 3), is not installed. */
function isAbsent(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 3;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
