import type { Size } from '../../../../src-shared/model/image.ts';

/** How many pixels outside a region count as its surroundings. */
const ringWidth = 3;

/**
 * What a sample weighs by its place: along the seam the target's own gradient must win over the source's, whose
 * mismatch the residual would else spread to both sides; far outside it only has to keep the network from wandering, and
 * nobody sees it: the result has the target's own pixels there.
 */
const weights = { inside: 1, ring: 4, beyond: 0.25 };

/** [height, width]; 1 for pixels outside the region that are at most three pixels from it, diagonals included. */
export function ringAround(inside: Uint8Array, { width, height }: Size): Uint8Array {
  const across = new Uint8Array(inside.length);
  for (let y = 0; y < height; y++) spreadAlong(inside, across, y * width, 1, width);
  const ring = new Uint8Array(inside.length);
  for (let x = 0; x < width; x++) spreadAlong(across, ring, x, width, height);
  for (let i = 0; i < ring.length; i++) ring[i]! &= inside[i]! ^ 1;
  return ring;
}

/** The weight of each pixel's samples in the training of a clone, [height, width]. */
export function seamWeights(inside: Uint8Array, size: Size): Float32Array {
  const ring = ringAround(inside, size);
  return Float32Array.from(inside, (isInside, i) =>
    isInside === 1 ? weights.inside : ring[i] === 1 ? weights.ring : weights.beyond,
  );
}

/** Marks spread to their neighbours along a line of `count` pixels from index `first` on, `step` apart. */
function spreadAlong(marks: Uint8Array, out: Uint8Array, first: number, step: number, count: number): void {
  let reached = 0;
  for (let place = 0; place < count; place++) {
    if (marks[first + place * step] === 0) continue;
    const to = Math.min(count, place + ringWidth + 1);
    for (let k = Math.max(reached, place - ringWidth); k < to; k++) out[first + k * step] = 1;
    reached = to;
  }
}
