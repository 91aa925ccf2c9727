import type { LinearImage } from '../../src-shared/model/image.ts';

/** What the operators need of an image: its size and its planar [channels, height, width] values. */
export type Raster = Pick<LinearImage, 'width' | 'height' | 'channels' | 'data'>;

/** A rectangle of whole pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The part of an image under `rectangle`, which may reach beyond the image: what lies there is 0.
 */
export function crop(image: Raster, rectangle: Rectangle): Raster {
  const { width, height, x: left, y: top } = rectangle;
  const data = new Float32Array(image.channels * width * height);
  const from = Math.max(left, 0);
  const to = Math.min(left + width, image.width);
  if (from < to) {
    for (let c = 0; c < image.channels; c++) {
      for (let y = Math.max(top, 0); y < Math.min(top + height, image.height); y++) {
        const row = (c * image.height + y) * image.width;
        data.set(image.data.subarray(row + from, row + to), (c * height + y - top) * width + from - left);
      }
    }
  }
  return { width, height, channels: image.channels, data };
}

/** The part of a plane of rows `stride` long under a rectangle within it. */
export function cropPlane(plane: Uint8Array, stride: number, { x, y, width, height }: Rectangle): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * stride + x;
    out.set(plane.subarray(from, from + width), row * width);
  }
  return out;
}

/** What two rectangles share; undefined where it is nothing. */
export function intersection(a: Rectangle, b: Rectangle): Rectangle | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** The smallest rectangle around two. */
export function union(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
