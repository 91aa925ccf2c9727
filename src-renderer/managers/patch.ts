import type { Placement, Size } from '../../src-shared/model/image.ts';
import type { Patch } from '../canvas/clone-pane.ts';
import { canvasOf } from '../canvas/clone-layers.ts';
import type { Plane } from '../stores/picture.ts';

/** The mask and the place of a clone at one moment. */
export interface Region extends Size {
  /** The mask, row-major, of the source's size. */
  readonly mask: Uint8Array;
  /** Where the source's corner lies on the target. */
  readonly place: Placement;
}

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
 * A clone's values as they lie on the target: opaque wherever the mask is above 0, for there the result is the
 * clone's, and transparent elsewhere, for there it is the target's own.
 */
export function patchOf(plane: Plane, at: Placement, { mask, place, width, height }: Region): Patch {
  const pixels = pixelsOf(plane);
  for (let i = 0; i < plane.width * plane.height; i++) {
    const x = (i % plane.width) + at.x - place.x;
    const y = Math.floor(i / plane.width) + at.y - place.y;
    const within = x >= 0 && y >= 0 && x < width && y < height;
    pixels.data[4 * i + 3] = within && mask[y * width + x]! > 0 ? 255 : 0;
  }
  return { picture: canvasOf(pixels), at };
}
