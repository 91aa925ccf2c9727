import type { Mask } from '../../../../src-shared/model/mask.ts';
import type { Placement } from '../../../../src-shared/model/image.ts';
import type { Raster, Rectangle } from '../../../fields/index.ts';

/** What a clone is made of, before any mathematics, at the size of its guidance field. */
export interface NaivePaste {
  /** The target, and on it the source's own pixels wherever its mask is above 0. */
  readonly opaque: Raster;
  /** The target, and on it the source's pixels as opaque as its mask is inside. */
  readonly blended: Raster;
}

/** A source and its mask, of one size, and where their top-left corner lies on the target. */
export interface PastedLayer {
  readonly source: Raster;
  readonly mask: Pick<Mask, 'data'>;
  readonly at: Placement;
  /** How opaque the source is altogether, 0…1. Default 1. */
  readonly alpha?: number;
}

/**
 * Layers pasted onto a target from the lowest to the topmost, as seen through a window on it.
 *
 * @param target the window's part of the target
 */
export function pasteNaively(target: Raster, window: Rectangle, layers: readonly PastedLayer[]): NaivePaste {
  const opaque = target.data.slice();
  const blended = target.data.slice();
  const { width, height, channels } = target;
  const plane = width * height;
  for (const { source, mask, at, alpha = 1 } of layers) {
    const own = source.width * source.height;
    for (let y = 0; y < height; y++) {
      const sourceY = y + window.y - at.y;
      if (sourceY < 0 || sourceY >= source.height) continue;
      for (let x = 0; x < width; x++) {
        const sourceX = x + window.x - at.x;
        if (sourceX < 0 || sourceX >= source.width) continue;
        const from = sourceY * source.width + sourceX;
        const share = alpha * mask.data[from]!;
        if (!(share > 0)) continue;
        for (let c = 0; c < channels; c++) {
          const to = c * plane + y * width + x;
          const value = sample(source, own, from, c, channels);
          opaque[to] = value;
          blended[to]! += share * (value - blended[to]!);
        }
      }
    }
  }
  return { opaque: { ...target, data: opaque }, blended: { ...target, data: blended } };
}

/** A channel of a source's pixel in a picture of so many channels: grey is repeated, colour greyed by Rec. 709. */
function sample({ data, channels }: Raster, plane: number, pixel: number, c: number, wanted: number): number {
  if (channels === wanted) return data[c * plane + pixel]!;
  if (channels === 1) return data[pixel]!;
  return 0.2126 * data[pixel]! + 0.7152 * data[plane + pixel]! + 0.0722 * data[2 * plane + pixel]!;
}
