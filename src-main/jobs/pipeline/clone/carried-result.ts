import { upsampled, type Carry, type DetailStrip, type Raster } from '../../../fields/index.ts';
import { carried, type CarriedWindow, type SmoothRows } from './carried.ts';
import { evaluateAt, type Network } from '../network.ts';
import type { Problem } from '../problem.ts';
import { partOf } from './strips.ts';
import type { Subject } from '../subject.ts';

/** What has been carried once is looked at and exported more than once. */
const known = new WeakMap<object, Promise<CarriedWindow>>();

/**
 * What a finished clone on a working grid came to at the full resolution of its place: the network's, evaluated at every
 * pixel inside, or the exact solution's where there is no network. Throws `cancelled`.
 */
export function carriedResult(
  signal: AbortSignal,
  subject: Subject & { readonly problem: Problem },
  carry: Carry,
): Promise<CarriedWindow> {
  const key = subject.trained ?? subject.exact!;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = carryOver(signal, subject, carry);
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

/** The window's picture: the carried values, and around them the target's own. */
export async function carriedPicture(
  signal: AbortSignal,
  subject: Subject & { readonly problem: Problem },
  carry: Carry,
): Promise<Raster> {
  const { values, inside } = await carriedResult(signal, subject, carry);
  const { place, encoding } = subject.problem;
  const { width, height, channels, data } = partOf(place!.target, encoding)(carry.window);
  for (let c = 0; c < channels; c++) {
    const plane = c * inside.length;
    for (let i = 0; i < inside.length; i++) if (inside[i] !== 0) data[plane + i] = values[plane + i]!;
  }
  return { width, height, channels, data };
}

function carryOver(
  signal: AbortSignal,
  { problem, trained, exact }: Subject & { readonly problem: Problem },
  carry: Carry,
): Promise<CarriedWindow> {
  const smooth =
    trained === undefined
      ? rowsOfPicture(carry, Float32Array.from(exact!))
      : rowsOfNetwork(signal, trained, carry);
  return carried(signal, carry, problem.place!.target, problem.encoding, smooth);
}

function rowsOfNetwork(signal: AbortSignal, network: Network, { window }: Carry): SmoothRows {
  const place = (i: number, full: number, working: number) => ((i + 0.5) * working) / full - 0.5;
  const { size, spec } = network;
  return async ({ from, rows, inside }) => {
    const pixels = insideOf({ inside });
    const { width } = window;
    const x = (k: number) => place(pixels[k]! % width, width, size.width);
    const y = (k: number) => place(from + Math.floor(pixels[k]! / width), window.height, size.height);
    const { value } = await evaluateAt(signal, network, { count: pixels.length, x, y }, 0);
    const out = new Float32Array(spec.channels * rows * width);
    for (let c = 0; c < spec.channels; c++) {
      for (let k = 0; k < pixels.length; k++)
        out[c * rows * width + pixels[k]!] = value[c * pixels.length + k]!;
    }
    return out;
  };
}

function insideOf({ inside }: Pick<DetailStrip, 'inside'>): Int32Array {
  const pixels = new Int32Array(inside.length);
  let count = 0;
  for (let i = 0; i < inside.length; i++) if (inside[i] !== 0) pixels[count++] = i;
  return pixels.subarray(0, count);
}

function rowsOfPicture({ window, reference }: Carry, data: Float32Array): SmoothRows {
  const picture = { ...reference, data };
  return ({ from, rows }) => {
    const onto = { x: 0, y: from, width: window.width, height: rows };
    return Promise.resolve(upsampled(picture, { x: 0, y: 0 }, window, reference, onto).data);
  };
}
