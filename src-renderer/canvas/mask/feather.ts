import type { MaskRaster } from './mask-raster.ts';
import { intersection, isEmpty, nowhere, type Rectangle } from './rectangle.ts';

/**
 * Softens the mask's edge: three box blurs in turn, close to a Gaussian of standard deviation `radius`/2 pixels.
 *
 * Beyond the picture the mask goes on as at its edge, so that a mask that meets the edge stays whole there.
 */
export function feather(mask: MaskRaster, radius: number): Rectangle {
  const side = Math.max(0, Math.round(radius / 2));
  const bounds = mask.bounds();
  if (side === 0 || isEmpty(bounds)) return nowhere;
  const reach = 3 * side;
  const part = intersection(
    {
      x: bounds.x - reach,
      y: bounds.y - reach,
      width: bounds.width + 2 * reach,
      height: bounds.height + 2 * reach,
    },
    mask.frame,
  );
  let plane = Float32Array.from(mask.read(part));
  for (let turn = 0; turn < 3; turn++) {
    plane = boxBlur(plane, part.width, part.height, 1, part.width, side);
    plane = boxBlur(plane, part.height, part.width, part.width, 1, side);
  }
  return mask.write(
    part,
    Uint8Array.from(plane, (value) => Math.round(value)),
  );
}

/** The mean of 2·side+1 neighbours along each of `lines` lines of `length` values. */
function boxBlur(
  plane: Float32Array<ArrayBuffer>,
  length: number,
  lines: number,
  step: number,
  stride: number,
  side: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(plane.length);
  const count = 2 * side + 1;
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => plane[line * stride + Math.min(Math.max(i, 0), length - 1) * step]!;
    let sum = 0;
    for (let i = -side; i <= side; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      out[line * stride + i * step] = sum / count;
      sum += at(i + side + 1) - at(i - side);
    }
  }
  return out;
}
