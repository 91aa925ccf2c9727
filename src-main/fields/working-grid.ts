import { compose, type Matrix } from '../../src-shared/model/composition.ts';
import type { Size } from '../../src-shared/model/image.ts';
import { catmullRom } from './kernels.ts';
import type { Raster, Rectangle } from './raster.ts';
import { warp } from './warp.ts';

/**
 * The way from a target's pixel-edge coordinates to those of a window's pixels where the window is seen on so many
 * pixels: both cover the same rectangle, so that nothing shifts by half a pixel.
 */
export function toWorkingGrid(window: Rectangle, { width, height }: Size): Matrix {
  const [a, d] = [width / window.width, height / window.height];
  return { a, b: 0, c: 0, d, e: -window.x * a, f: -window.y * d };
}

/**
 * A picture on a working grid brought to a rectangle of the window's own pixels, smoothly between its pixels: a
 * Catmull–Rom spline.
 *
 * @param at where the picture's top-left pixel lies on the working grid
 * @param window of the target; `onto` is a part of it, (0, 0) its top-left corner
 */
export function upsampled(
  picture: Raster,
  at: { readonly x: number; readonly y: number },
  window: Size,
  working: Size,
  onto: Rectangle,
): Raster {
  const scale = {
    a: window.width / working.width,
    b: 0,
    c: 0,
    d: window.height / working.height,
    e: 0,
    f: 0,
  };
  const matrix = compose(scale, { a: 1, b: 0, c: 0, d: 1, e: at.x, f: at.y });
  return warp(picture, matrix, onto, catmullRom);
}
