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
  const across = new Uint8Array(inside.length);
  for (let row = 0; row < inside.length; row += width) spreadAlong(inside, across, row, width);
  const ring = new Uint8Array(inside.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = Math.min(height - 1, y + ringWidth);
    for (let other = Math.max(0, y - ringWidth); other <= last; other++) {
      for (let x = 0; x < width; x++) ring[row + x]! |= across[other * width + x]!;
    }
    for (let i = row; i < row + width; i++) ring[i]! &= inside[i]! ^ 1;
  }
  return ring;
}

/** The weight of each pixel's samples in the training of a clone, [height, width]. */
export function seamWeights(inside: Uint8Array, size: Size): Float32Array {
  const ring = ringAround(inside, size);
  return Float32Array.from(inside, (isInside, i) =>
    isInside === 1 ? weights.inside : ring[i] === 1 ? weights.ring : weights.beyond,
  );
}

/** Marks of the row from `first` on spread to their neighbours in it. */
function spreadAlong(marks: Uint8Array, out: Uint8Array, first: number, width: number): void {
  const end = first + width;
  let reached = first;
  for (let i = first; i < end; i++) {
    if (marks[i] === 0) continue;
    const to = Math.min(end, i + ringWidth + 1);
    for (let k = Math.max(reached, i - ringWidth); k < to; k++) out[k] = 1;
    reached = to;
  }
}
