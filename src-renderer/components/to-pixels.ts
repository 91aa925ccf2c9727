import { renderView, type RenderedView } from '../../src-shared/view/render-view.ts';
import { imageDataOf } from '../stores/image-data.ts';
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
  const { view, source, channels } = picture;
  const shared = reference !== null && reference !== picture && reference.view === view;
  const { image } = shared
    ? renderView(view, source, picture, channels, render(reference).range)
    : render(picture);
  return imageDataOf(image);
}
