import { renderView, type RenderedView } from '../../src-shared/view/render-view.ts';
import type { Picture } from '../stores/picture.ts';

const rendered = new WeakMap<Picture, RenderedView>();

function render(picture: Picture): RenderedView {
  const known = rendered.get(picture);
  if (known !== undefined) return known;
  const made = renderView(picture.view, picture.source, picture, picture.channels);
  rendered.set(picture, made);
  return made;
}

/**
 * A picture as the canvas takes it: values as they are, derivatives through a perceptual colour map over the range
 * of `reference` where that shows the same view, so that the same colour means the same number.
 */
export function toPixels(picture: Picture, reference: Picture | null): ImageData {
  const { view, source, channels, width, height } = picture;
  const shared = reference !== null && reference !== picture && reference.view === view;
  const { image } = shared
    ? renderView(view, source, picture, channels, render(reference).range)
    : render(picture);
  const pixels = new ImageData(width, height);
  const count = width * height;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = Math.round(255 * image.data[c * count + i]!);
    pixels.data[4 * i + 3] = 255;
  }
  return pixels;
}
