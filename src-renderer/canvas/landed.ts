import { isOnGrid, mapPoint, toMatrix, type Transform } from '../../src-shared/model/composition.ts';
import type { CloneLayers } from './clone-layers.ts';
import { levelFor } from './mask-window.ts';
import type { Extent } from './camera.ts';
import { around, intersection, isEmpty, nowhere, union, type Rectangle } from './mask/rectangle.ts';
import { onlyMoves } from './transform/frame.ts';

/** A source with its mask, as it lies on the target. */
export interface Placed {
  readonly art: CloneLayers;
  readonly transform: Transform;
}

/** Where masks lie on their target: opaque there, transparent elsewhere; `box` is what the picture covers of it. */
export interface LandedRegion {
  readonly picture: OffscreenCanvas;
  readonly box: Rectangle;
}

/** The smallest rectangle of the target's pixels around a part of a source. */
export function landedBox(transform: Transform, size: Extent, part: Rectangle): Rectangle {
  if (isEmpty(part)) return nowhere;
  const matrix = toMatrix(transform, size);
  const corners = [0, 1].flatMap((i) =>
    [0, 1].map((j) => mapPoint(matrix, { x: part.x + i * part.width, y: part.y + j * part.height })),
  );
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return around(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

/**
 * The union of the masks of `layers` on a target of this size, as it is now: later edits leave it alone.
 *
 * @param size pixels along the picture's longer side at most; those of the target if absent
 */
export function landedRegion(layers: readonly Placed[], target: Extent, size = Infinity): LandedRegion {
  const frame = { x: 0, y: 0, width: target.width, height: target.height };
  const boxes = layers.map(({ art, transform }) =>
    intersection(landedBox(transform, art.editor.mask, art.editor.mask.bounds()), frame),
  );
  const box = boxes.reduce(union, nowhere);
  const share = Math.min(1, size / Math.max(box.width, box.height, 1));
  const side = (length: number) => Math.max(Math.round(length * share), 1);
  const picture = new OffscreenCanvas(side(box.width), side(box.height));
  const context = picture.getContext('2d', { willReadFrequently: true });
  if (context === null || isEmpty(box)) return { picture, box };
  const image =
    share === 1 && layers.every(({ transform }) => onlyMoves(transform))
      ? movedInside(layers, box)
      : drawnInside(context, layers, box, share);
  context.putImageData(image, 0, 0);
  return { picture, box };
}

/** Byte for byte, where no mask has to be resampled. */
function movedInside(layers: readonly Placed[], box: Rectangle): ImageData {
  const image = new ImageData(box.width, box.height);
  for (const { art, transform } of layers) {
    const { mask } = art.editor;
    const bounds = mask.bounds();
    const landed = { ...bounds, x: bounds.x + transform.x, y: bounds.y + transform.y };
    const { x, y, width, height } = intersection(landed, box);
    for (let row = y; row < y + height; row++) {
      let from = (row - transform.y) * mask.width + x - transform.x;
      let to = 4 * ((row - box.y) * box.width + x - box.x) + 3;
      for (let i = 0; i < width; i++, from++, to += 4) if (mask.data[from] !== 0) image.data[to] = 255;
    }
  }
  return image;
}

/** Resampled; each mask no finer than the picture needs it. */
function drawnInside(
  context: OffscreenCanvasRenderingContext2D,
  layers: readonly Placed[],
  box: Rectangle,
  share: number,
): ImageData {
  const { width, height } = context.canvas;
  for (const { art, transform } of layers) {
    const { mask } = art.editor;
    const level = levelFor(share * transform.scale);
    const seen = art.cutOut({ level, part: mask.bounds() });
    if (seen === null) continue;
    const matrix = toMatrix(transform, mask);
    const { a, b, c, d, e, f } = matrix;
    context.setTransform(width / box.width, 0, 0, height / box.height, 0, 0);
    context.transform(a, b, c, d, e - box.x, f - box.y);
    context.imageSmoothingEnabled = !isOnGrid(matrix) || share < 1;
    context.drawImage(seen.picture, seen.box.x, seen.box.y, seen.box.width, seen.box.height);
  }
  context.resetTransform();
  // The result is the clone's wherever a mask is above 0, however little.
  const image = context.getImageData(0, 0, width, height);
  const { data } = image;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) data[i] = 255;
  return image;
}
