import type { RenderedView } from '../../src-shared/view/render-view.ts';

/** A picture in colours, planar and from 0 to 1, as a canvas takes it: RGBA, opaque. */
export function imageDataOf({ data, width, height }: RenderedView['image']): ImageData {
  const pixels = new ImageData(width, height);
  const count = width * height;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = Math.round(255 * data[c * count + i]!);
    pixels.data[4 * i + 3] = 255;
  }
  return pixels;
}
