import { isOnGrid, toMatrix } from '../../src-shared/model/composition.ts';
import type { Patch } from './clone-drawing.ts';
import type { Placed } from './landed.ts';

/** What a pane shows as one picture at the target's own size, pixel for pixel, without any overlay. */
export function flattened(base: OffscreenCanvas, content: readonly (Placed | Patch)[]): OffscreenCanvas {
  const picture = new OffscreenCanvas(base.width, base.height);
  const context = picture.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  context.drawImage(base, 0, 0);
  for (const part of content) {
    if ('art' in part) {
      const matrix = toMatrix(part.transform, part.art.editor.mask);
      const { a, b, c, d, e, f } = matrix;
      context.setTransform(a, b, c, d, e, f);
      context.imageSmoothingEnabled = !isOnGrid(matrix);
      context.drawImage(part.art.paste(), 0, 0);
      context.resetTransform();
    } else {
      const { width, height } = part.size ?? part.picture;
      context.drawImage(part.picture, part.at.x, part.at.y, width, height);
    }
  }
  return picture;
}
