import { toMatrix, type Transform } from '../../src-shared/model/composition.ts';
import { toScreen, type Camera, type Extent, type Point } from './camera.ts';
import type { SeenPart } from './mask-window.ts';
import type { Surface } from './surface.ts';

/** From so many device pixels a picture pixel on, pixels are shown as squares rather than smoothed. */
export const pixelatedFrom = 3;

/**
 * Draw a picture with its top-left corner at `at` (picture pixels), its edges on whole device pixels, and at least one of
 * them across: what is a line at its true size must not vanish at a smaller one.
 *
 * @param size what it covers, where that is not as many picture pixels as it has
 */
export function drawPicture(
  context: CanvasRenderingContext2D,
  picture: OffscreenCanvas,
  camera: Camera,
  { extent, ratio }: Surface,
  at: Point,
  size: Extent = picture,
): void {
  const { x, y } = toScreen(camera, extent, at);
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  context.imageSmoothingEnabled = (camera.scale * ratio * size.width) / picture.width < pixelatedFrom;
  context.imageSmoothingQuality = 'high';
  const [left, top] = [snap(x), snap(y)];
  const right = Math.max(snap(x + size.width * camera.scale), left + 1 / ratio);
  const bottom = Math.max(snap(y + size.height * camera.scale), top + 1 / ratio);
  context.drawImage(picture, left, top, right - left, bottom - top);
}

/**
 * Draw a part of a picture of `size` where `drawPicture` would draw it with all of the picture.
 *
 * @param at where the whole picture's top-left corner lies, picture pixels
 */
export function drawPart(
  context: CanvasRenderingContext2D,
  { picture, box }: SeenPart,
  size: Extent,
  camera: Camera,
  { extent, ratio }: Surface,
  at: Point,
): void {
  const { x, y } = toScreen(camera, extent, at);
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  const [left, top] = [snap(x), snap(y)];
  const across = (snap(x + size.width * camera.scale) - left) / size.width;
  const down = (snap(y + size.height * camera.scale) - top) / size.height;
  context.imageSmoothingEnabled = camera.scale * ratio < pixelatedFrom;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    picture,
    left + box.x * across,
    top + box.y * down,
    box.width * across,
    box.height * down,
  );
}

/** Draw a part of a picture scaled, flipped and turned on another one, resampled straight for the screen. */
export function drawTransformed(
  context: CanvasRenderingContext2D,
  { picture, box }: SeenPart,
  size: Extent,
  camera: Camera,
  { extent, ratio }: Surface,
  transform: Transform,
): void {
  const { a, b, c, d, e, f } = toMatrix(transform, size);
  const { x, y } = toScreen(camera, extent, { x: e, y: f });
  const { scale } = camera;
  context.save();
  context.transform(scale * a, scale * b, scale * c, scale * d, x, y);
  context.imageSmoothingEnabled = scale * transform.scale * ratio < pixelatedFrom;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, box.x, box.y, box.width, box.height);
  context.restore();
}
