import type { SeamEdge, SeamMismatch } from '../../../../src-shared/model/inspection.ts';
import type { Raster } from '../../../fields/index.ts';

/**
 * target − source along the outline of a region, at the region's own pixels beside it, where both are known.
 *
 * The exact solution adds to the source a smooth function that has these values on the outline (Pérez et al. 2003,
 * eq. 9), so an even mismatch shifts the colours and a varying one bleeds. Where the region ends at the picture's
 * edge there is no seam.
 *
 * @param source opaque inside the region
 * @param inside [height, width], 1 in the region
 */
export function seamMismatch(target: Raster, source: Raster, inside: Uint8Array): SeamMismatch {
  const { width, height, channels } = target;
  const plane = width * height;
  const edges: SeamEdge[] = [];
  const sums = new Array<number>(channels).fill(0);
  let squares = 0;
  const add = (pixel: number, x1: number, y1: number, x2: number, y2: number) => {
    let own = 0;
    for (let c = 0; c < channels; c++) {
      const difference = target.data[c * plane + pixel]! - source.data[c * plane + pixel]!;
      sums[c]! += difference;
      own += difference * difference;
    }
    squares += own;
    edges.push({ x1, y1, x2, y2, mismatch: Math.sqrt(own / channels) });
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (inside[i] === 0) continue;
      if (x > 0 && inside[i - 1] === 0) add(i, x, y, x, y + 1);
      if (x < width - 1 && inside[i + 1] === 0) add(i, x + 1, y, x + 1, y + 1);
      if (y > 0 && inside[i - width] === 0) add(i, x, y, x + 1, y);
      if (y < height - 1 && inside[i + width] === 0) add(i, x, y + 1, x + 1, y + 1);
    }
  }
  const count = edges.length;
  if (count === 0) return { edges, rms: 0, spread: 0, mean: sums };
  const mean = sums.map((sum) => sum / count);
  const meanSquare = squares / (count * channels);
  const even = mean.reduce((sum, value) => sum + value * value, 0) / channels;
  return { edges, rms: Math.sqrt(meanSquare), spread: Math.sqrt(Math.max(0, meanSquare - even)), mean };
}
