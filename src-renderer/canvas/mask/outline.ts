import type { MaskRaster } from './mask-raster.ts';

/** A piece of the mask's edge between two corners of pixels, along an axis. */
export interface Edge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** From this value on a pixel counts as inside, where only in or out can be shown. */
const half = 128;

/** The edge between the pixels that are more in than out and the others, in straight pieces as long as they get. */
export function outlineOf(mask: MaskRaster): Edge[] {
  const { data, width, height } = mask;
  const bounds = mask.bounds();
  const edges: Edge[] = [];
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! >= half;
  const right = bounds.x + bounds.width;
  const bottom = bounds.y + bounds.height;
  for (let y = bounds.y; y <= bottom; y++) {
    let from = -1;
    for (let x = bounds.x; x <= right; x++) {
      const isEdge = x < right && inside(x, y - 1) !== inside(x, y);
      if (isEdge && from < 0) from = x;
      if (isEdge || from < 0) continue;
      edges.push({ x1: from, y1: y, x2: x, y2: y });
      from = -1;
    }
  }
  for (let x = bounds.x; x <= right; x++) {
    let from = -1;
    for (let y = bounds.y; y <= bottom; y++) {
      const isEdge = y < bottom && inside(x - 1, y) !== inside(x, y);
      if (isEdge && from < 0) from = y;
      if (isEdge || from < 0) continue;
      edges.push({ x1: x, y1: from, x2: x, y2: y });
      from = -1;
    }
  }
  return edges;
}
