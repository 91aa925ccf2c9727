import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ColorEncoding } from '../../../../src-shared/model/image.ts';
import {
  detailStrip,
  inTurns,
  relax,
  SeamBand,
  type Carry,
  type DetailStrip,
} from '../../../fields/index.ts';
import type { Samples } from '../../../imaging/samples.ts';
import { throwIfCancelled } from '../../../imaging/slices.ts';
import { partOfWork, untold, type Told } from '../told.ts';
import { partOf, rowsPerStrip } from './strips.ts';

/** How far inside the seam the full-resolution equation is solved, in pixels of the working grid. */
const bandWidth = 4;

/** Relaxations to each pixel of the window that a working pixel is long: so far does the carried detail reach. */
const sweepsPerPixel = 2;

/**
 * What things cost, in relaxations of one pixel (some 5 ns): a pixel's detail in all channels, and an iteration for a
 * pixel of the band. Measured on a region of 18 megapixels.
 */
const costs = { detail: 60, iteration: 3 };

/** Iterations that solving the band takes to a pixel that it is wide. */
const iterationsPerPixel = 2.5;

/** What the network, or the exact solution, has inside of a strip. */
export interface Smooth {
  /** At its pixels: planar [channels, rows, width]. */
  readonly rows: (strip: DetailStrip, told: Told) => Promise<Float32Array>;
  /** Of a pixel, in relaxations. */
  readonly cost: number;
}

/** A clone's window at full resolution: planar [channels, height, width], and [height, width] where it is not the target's. */
export interface CarriedWindow {
  readonly values: Float32Array;
  readonly inside: Uint8Array;
}

/**
 * A result that was found on a working grid, at the full resolution of its window: its smooth values at every pixel, plus
 * the detail that the grid could not hold.
 *
 * Where pictures meet, under soft masks and `mixed`, their details don't fit together to the last; some relaxations of
 * the full-resolution equation, which leave alone what is smooth, see to that. What is then left of a mismatch at the
 * seam is removed by solving that equation in a band along it, its inner rim held at the carried values.
 *
 * Throws `cancelled`.
 */
export async function carried(
  signal: AbortSignal,
  carry: Carry,
  target: Samples,
  encoding: ColorEncoding,
  smooth: Smooth,
  told: Told = untold,
): Promise<CarriedWindow> {
  const { window, reference } = carry;
  const { width, height } = window;
  const { channels } = reference;
  const plane = width * height;
  const values = new Float32Array(channels * plane);
  const drive = new Float32Array(channels * plane);
  const inside = new Uint8Array(plane);
  const ratio = Math.max(width / reference.width, height / reference.height);
  const sweeps = ratio > 1 ? sweepsPerPixel * ratio : 0;
  const reach = Math.ceil(bandWidth * ratio);
  const ends = endsOf({
    strips: plane * (smooth.cost + costs.detail),
    relaxed: sweeps * channels * plane,
    band:
      channels * Math.min(plane, 2 * (width + height) * reach) * iterationsPerPixel * reach * costs.iteration,
  });
  const rows = rowsPerStrip(window);
  for (let from = 0; from < height; from += rows) {
    const to = Math.min(height, from + rows);
    const strip = detailStrip(carry, from, to, partOf(target, encoding));
    const found = await smooth.rows(
      strip,
      partOfWork(told, ends.strips * (from / height), ends.strips * (to / height)),
    );
    const count = (to - from) * width;
    for (let c = 0; c < channels; c++) {
      const own = [c * count, (c + 1) * count] as const;
      addRows(
        values.subarray(c * plane + from * width),
        found.subarray(...own),
        strip.detail.subarray(...own),
      );
      drive.set(strip.drive.subarray(...own), c * plane + from * width);
    }
    inside.set(strip.inside, from * width);
    partOfWork(told, 0, ends.strips)(to / height);
    await breathe(signal);
  }
  const planes = Array.from({ length: channels }, (_, c) => {
    const own = [c * plane, (c + 1) * plane] as const;
    return { values: values.subarray(...own), drive: drive.subarray(...own) };
  });
  for (let n = 0; n < sweeps; n++) {
    partOfWork(told, ends.strips, ends.relaxed)(n / sweeps);
    for (const own of planes) {
      relax(own.values, own.drive, inside, window);
      await breathe(signal);
    }
  }
  const band = await inTurns(signal, SeamBand.along(window, inside, reach), nextTurn);
  const ofBand = (c: number) => ends.relaxed + (1 - ends.relaxed) * (c / channels);
  for (const [c, own] of planes.entries()) {
    const toldOfOne = partOfWork(told, ofBand(c), ofBand(c + 1));
    await inTurns(signal, band.solve(own.values, own.drive, toldOfOne), nextTurn);
  }
  return { values, inside };
}

/** How much of the time has gone by when the strips are done, and when the relaxations are. */
function endsOf({ strips, relaxed, band }: Readonly<Record<'strips' | 'relaxed' | 'band', number>>) {
  const all = strips + relaxed + band;
  return { strips: strips / all, relaxed: (strips + relaxed) / all };
}

async function breathe(signal: AbortSignal): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal, 'Carrying the detail');
}

function addRows(out: Float32Array, a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) out[i] = a[i]! + b[i]!;
}
