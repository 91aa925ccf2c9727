/**
 * The constant of each channel that a derivative field leaves free: the mean of `reference - values` over the
 * pixels where `anchor` is 1 (all where it is absent, or 1 nowhere).
 *
 * @param reference,values planar [channels, height, width]
 * @param anchor [height, width]
 */
export function freeConstant(
  reference: ArrayLike<number>,
  values: ArrayLike<number>,
  channels: number,
  anchor?: Uint8Array,
): number[] {
  const plane = values.length / channels;
  const chosen = anchor?.includes(1) ? marked(anchor) : undefined;
  const count = chosen?.length ?? plane;
  return Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const i = c * plane + (chosen === undefined ? k : chosen[k]!);
      sum += reference[i]! - values[i]!;
    }
    return sum / count;
  });
}

/** The places of a mask that are 1. */
function marked(mask: Uint8Array): number[] {
  const places: number[] = [];
  for (let i = mask.indexOf(1); i >= 0; i = mask.indexOf(1, i + 1)) places.push(i);
  return places;
}

/** Adds its constant to each channel of `values`, planar, in place. */
export function addConstant(values: Float64Array, constant: readonly number[]): void {
  const plane = values.length / constant.length;
  constant.forEach((offset, c) => {
    for (let from = c * plane; from < (c + 1) * plane; from += BLOCK) {
      raise(values.subarray(from, Math.min(from + BLOCK, (c + 1) * plane)), offset);
    }
  });
}

/** Values a call: short loops called often are compiled once and for all. */
const BLOCK = 4096;

function raise(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i]! += by;
}

/** `values` with its constant added to each channel, planar. */
export function withConstant(values: ArrayLike<number>, constant: readonly number[]): Float64Array {
  const sums = new Float64Array(values);
  addConstant(sums, constant);
  return sums;
}
