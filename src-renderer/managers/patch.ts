import type { Placement } from '../../src-shared/model/image.ts';
import type { Extent } from '../canvas/camera.ts';
import type { Patch } from '../canvas/clone-drawing.ts';
import { canvasOf } from '../canvas/clone-layers.ts';
import type { LandedRegion } from '../canvas/landed.ts';
import type { Plane } from '../stores/picture.ts';

/** A plane as bytes, RGBA; grey is repeated. */
export function pixelsOf({ width, height, channels, data }: Plane): ImageData {
  const pixels = new ImageData(width, height);
  const count = width * height;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) {
      pixels.data[4 * i + c] = Math.round(255 * data[(channels === 1 ? 0 : c) * count + i]!);
    }
    pixels.data[4 * i + 3] = 255;
  }
  return pixels;
}

/**
 * A clone's pixels as they lie on the target: opaque wherever a mask is above 0, for there the result is the
 * clone's, and transparent elsewhere, for there it is the target's own.
 *
 * @param full how many of the target's pixels they cover; as many as there are if absent
 */
export function patchOf(
  pixels: ImageData,
  at: Placement,
  { picture: inside, box }: LandedRegion,
  full: Extent = pixels,
): Patch {
  const picture = canvasOf(pixels);
  const context = picture.getContext('2d');
  if (context !== null) {
    context.globalCompositeOperation = 'destination-in';
    const [across, down] = [pixels.width / full.width, pixels.height / full.height];
    const [x, y] = [(box.x - at.x) * across, (box.y - at.y) * down];
    // Of nothing at all, a pixel: what covers no pixel would be left out, and nothing be cut away.
    context.drawImage(inside, x, y, Math.max(box.width, 1) * across, Math.max(box.height, 1) * down);
  }
  const { width, height } = full;
  return { picture, at, size: { width, height } };
}
