import { toScreen, type Camera, type Point } from './camera.ts';
import type { Surface } from './surface.ts';

/** From so many device pixels a picture pixel on, pixels are shown as squares rather than smoothed. */
const pixelatedFrom = 3;

/** Draw a picture with its top-left corner at `at` (picture pixels), its edges on whole device pixels. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  picture: OffscreenCanvas,
  camera: Camera,
  { extent, ratio }: Surface,
  at: Point,
): void {
  const { x, y } = toScreen(camera, extent, at);
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  context.imageSmoothingEnabled = camera.scale * ratio < pixelatedFrom;
  context.imageSmoothingQuality = 'high';
  const [left, top] = [snap(x), snap(y)];
  const right = snap(x + picture.width * camera.scale);
  const bottom = snap(y + picture.height * camera.scale);
  context.drawImage(picture, left, top, right - left, bottom - top);
}
