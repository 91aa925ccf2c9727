import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../../src-shared/model/field.ts';
import type { Steps } from '../steps.ts';
import { PlaneTransform } from '../transform/plane-transform.ts';
import { divideByLaplacian } from './five-point.ts';

/**
 * The image whose forward differences are nearest to a staggered field: the 5-point Neumann Poisson equation with
 * the field's divergence, diagonalised by cosines. Planar, in image values, mean 0 in each channel. A step is a channel.
 */
export function* staggeredSolution(field: GradientField): Steps<Float64Array> {
  const { width, height, channels } = field;
  const transform = new PlaneTransform(width, height);
  const out = divergenceOf(field);
  for (let c = 0; c < channels; c++) {
    yield;
    divideByLaplacian(out.subarray(c * width * height, (c + 1) * width * height), transform);
  }
  return out;
}

/** The differences of a staggered field across each pixel, in image values: what flows out of the pixel. */
function divergenceOf(field: GradientField): Float64Array {
  const { width, height, channels, dx, dy } = field;
  const perPixel = 1 / pixelsPerUnit(field);
  const out = new Float64Array(dx.length);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = (c * height + y) * width + x;
        const east = x < width - 1 ? dx[i]! : 0;
        const west = x > 0 ? dx[i - 1]! : 0;
        const south = y < height - 1 ? dy[i]! : 0;
        const north = y > 0 ? dy[i - width]! : 0;
        out[i] = (east - west + (south - north)) * perPixel;
      }
    }
  }
  return out;
}
