import type { Size } from '../../../src-shared/model/image.ts';

/** How many pixels outside a region count as its surroundings. */
const ringWidth = 3;

/**
 * What a sample weighs by its place: along the seam the target's own gradient must win over the source's, whose
 * mismatch the residual would else spread to both sides; far outside it only has to keep the network from wandering.
 */
const weights = { inside: 1, ring: 4, beyond: 0.5 };

/** [height, width]; 1 for pixels outside the region that are at most three pixels from it, diagonals included. */
export function ringAround(inside: Uint8Array, { width, height }: Size): Uint8Array {
  const across = spread(inside, width * height, 1, width);
  const grown = spread(across, width * height, width, height);
  return grown.map((near, i) => (near === 1 && inside[i] === 0 ? 1 : 0));
}

/** The weight of each pixel's samples in the training of a clone, [height, width]. */
export function seamWeights(inside: Uint8Array, size: Size): Float32Array {
  const ring = ringAround(inside, size);
  return Float32Array.from(inside, (isInside, i) =>
    isInside === 1 ? weights.inside : ring[i] === 1 ? weights.ring : weights.beyond,
  );
}

/** Marks spread to their neighbours along lines of `length` pixels that lie `step` apart. */
function spread(marks: Uint8Array, count: number, step: number, length: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    if (marks[i] === 0) continue;
    const place = Math.floor(i / step) % length;
    const from = Math.max(0, place - ringWidth);
    const to = Math.min(length - 1, place + ringWidth);
    for (let k = from; k <= to; k++) out[i + (k - place) * step] = 1;
  }
  return out;
}
