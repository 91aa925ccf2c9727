import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import {
  inverse,
  isOnGrid,
  mapPoint,
  toMatrix,
  type Matrix,
  type Transform,
} from '../../src-shared/model/composition.ts';
import type { LandedLayer } from './landed-layer.ts';
import type { Raster } from './raster.ts';

/** A layer as it is given: its pixels on its own grid, and how they lie on the target. */
export interface Layer extends Pick<LandedLayer, 'source' | 'mask' | 'mode' | 'alpha'> {
  readonly transform: Transform;
}

/**
 * A layer on its target's grid. Moves by whole pixels, mirror images and quarter turns that meet the grid keep every
 * sample to the bit.
 */
export function land({ source, mask, transform, ...fusion }: Layer): LandedLayer {
  const matrix = toMatrix(transform, source);
  if (!isOnGrid(matrix)) {
    throw new SeamfieldError(
      'bad-option',
      'A source can only be moved by whole pixels, mirrored and turned by quarters as yet.',
    );
  }
  if (matrix.a === 1 && matrix.d === 1)
    return { ...fusion, source, mask, placement: { x: matrix.e, y: matrix.f } };
  if (mask.width !== source.width || mask.height !== source.height) {
    return { ...fusion, source, mask, placement: { x: 0, y: 0 } };
  }
  const turned = rearranged(source, matrix);
  const { data } = rearranged({ ...mask, channels: 1 }, matrix).raster;
  const { width, height } = turned.raster;
  return { ...fusion, source: turned.raster, mask: { width, height, data }, placement: turned.placement };
}

/** The pixels of an image in the order in which a matrix `isOnGrid` lays them. */
function rearranged(image: Raster, matrix: Matrix) {
  const corners = [mapPoint(matrix, { x: 0, y: 0 }), mapPoint(matrix, { x: image.width, y: image.height })];
  const placement = {
    x: Math.min(corners[0]!.x, corners[1]!.x),
    y: Math.min(corners[0]!.y, corners[1]!.y),
  };
  const width = Math.abs(corners[1]!.x - corners[0]!.x);
  const height = Math.abs(corners[1]!.y - corners[0]!.y);
  const back = inverse(matrix);
  const first = mapPoint(back, { x: placement.x + 0.5, y: placement.y + 0.5 });
  const origin = Math.floor(first.y) * image.width + Math.floor(first.x);
  const [alongX, alongY] = [back.b * image.width + back.a, back.d * image.width + back.c];
  const data = new Float32Array(image.data.length);
  const plane = width * height;
  for (let c = 0; c < image.channels; c++) {
    for (let y = 0; y < height; y++) {
      const row = c * plane + y * width;
      const from = c * plane + origin + y * alongY;
      for (let x = 0; x < width; x++) data[row + x] = image.data[from + x * alongX]!;
    }
  }
  return { placement, raster: { width, height, channels: image.channels, data } };
}
