import { upsampled, type Carry, type DetailStrip } from '../../../fields/index.ts';
import { carried, type CarriedWindow, type Smooth } from './carried.ts';
import { evaluateAt, type Network } from '../network.ts';
import { parameterCount } from '../../../siren/spec.ts';
import type { Problem } from '../problem.ts';
import { SharedWork } from '../shared-work.ts';
import type { Subject } from '../subject.ts';
import { untold, type Told } from '../told.ts';

/** Of evaluating at a pixel, by the network's parameters; of enlarging a picture to one. In relaxations, see `Smooth`. */
const costOfParameter = 0.0075;
const costOfPicture = 20;

/** What has been carried once is looked at and exported more than once. */
const known = new WeakMap<object, SharedWork<CarriedWindow>>();

/**
 * What a finished clone on a working grid came to at the full resolution of its place: the network's, evaluated at every
 * pixel inside, or the exact solution's where there is no network. Throws `cancelled`.
 */
export async function carriedResult(
  signal: AbortSignal,
  subject: Subject & { readonly problem: Problem },
  carry: Carry,
  told: Told = untold,
): Promise<CarriedWindow> {
  const key = subject.trained ?? subject.exact!;
  let work = known.get(key);
  if (work === undefined || work.isDropped) {
    const begun = new SharedWork<CarriedWindow>((own, of) => carryOver(own, subject, carry, of));
    known.set(key, begun);
    work = begun;
  }
  try {
    return await work.wait(signal, told);
  } catch (thrown) {
    // Another time it may come to something.
    if (!signal.aborted && known.get(key) === work) known.delete(key);
    throw thrown;
  }
}

function carryOver(
  signal: AbortSignal,
  { problem, trained, exact }: Subject & { readonly problem: Problem },
  carry: Carry,
  told: Told,
): Promise<CarriedWindow> {
  const smooth =
    trained === undefined
      ? rowsOfPicture(carry, Float32Array.from(exact!))
      : rowsOfNetwork(signal, trained, carry);
  return carried(signal, carry, problem.place!.target, problem.encoding, smooth, told);
}

function rowsOfNetwork(signal: AbortSignal, network: Network, { window }: Carry): Smooth {
  const place = (i: number, full: number, working: number) => ((i + 0.5) * working) / full - 0.5;
  const { size, spec } = network;
  const rowsOf: Smooth['rows'] = async ({ from, rows, inside }, told) => {
    const pixels = insideOf({ inside });
    const { width } = window;
    const x = (k: number) => place(pixels[k]! % width, width, size.width);
    const y = (k: number) => place(from + Math.floor(pixels[k]! / width), window.height, size.height);
    const { value } = await evaluateAt(signal, network, { count: pixels.length, x, y }, 0, told);
    const out = new Float32Array(spec.channels * rows * width);
    for (let c = 0; c < spec.channels; c++) {
      for (let k = 0; k < pixels.length; k++)
        out[c * rows * width + pixels[k]!] = value[c * pixels.length + k]!;
    }
    return out;
  };
  return { rows: rowsOf, cost: costOfParameter * parameterCount(spec) };
}

function insideOf({ inside }: Pick<DetailStrip, 'inside'>): Int32Array {
  const pixels = new Int32Array(inside.length);
  let count = 0;
  for (let i = 0; i < inside.length; i++) if (inside[i] !== 0) pixels[count++] = i;
  return pixels.subarray(0, count);
}

function rowsOfPicture({ window, reference }: Carry, data: Float32Array): Smooth {
  const picture = { ...reference, data };
  const rowsOf: Smooth['rows'] = ({ from, rows }) => {
    const onto = { x: 0, y: from, width: window.width, height: rows };
    return Promise.resolve(upsampled(picture, { x: 0, y: 0 }, window, reference, onto).data);
  };
  return { rows: rowsOf, cost: costOfPicture };
}
