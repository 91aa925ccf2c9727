import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';
import type { ChannelCount, Size } from '../../../src-shared/model/image.ts';
import { luminanceOf, withChannels } from '../channels.ts';
import { intersection, type Raster, type Rectangle } from '../raster.ts';
import { upsampled } from '../working-grid.ts';
import { fusedStrip, type LaidLayer, type TargetPart } from './fused-strip.ts';
import type { Carry, SmoothSource } from './reduced-clone.ts';
import { driveOf } from './drive.ts';

/** Some rows of a window, with what the working grid could not hold of them. */
export interface DetailStrip {
  /** The first of them, and how many. */
  readonly from: number;
  readonly rows: number;
  /** [rows, width]; 1 where the result is not the target's. */
  readonly inside: Uint8Array;
  /** Planar [channels, rows, width], to be added to the smooth result. */
  readonly detail: Float32Array;
  /** The right-hand side of the full-resolution equation; see `driveOf`. */
  readonly drive: Float32Array;
}

/**
 * The detail of rows `from` to `to` − 1 of a composition's window: d = I − U(D(I)), D the reduction to the working grid
 * and U a smooth interpolation. The target's is mixed with each layer's as the guidance field mixes their gradients, by
 * mask and mode: `mixed` takes the source's wherever the fused field took its gradient.
 */
export function detailStrip(
  { window, reference, sources }: Carry,
  from: number,
  to: number,
  targetPart: TargetPart,
): DetailStrip {
  const placed = sources.map((source) => source.placed);
  const { top, target, field, inside, layers } = fusedStrip(window, placed, from, to, targetPart);
  const { width, height, channels } = target;
  const strip = { x: 0, y: top, width, height };
  const detail = less(target, upsampled(reference, { x: 0, y: 0 }, window, reference, strip));
  for (const laid of layers) {
    const source = sources.find((known) => known.placed === laid.placed)!;
    mixDetail(detail, target, laid, sourceDetail(source, laid, window, reference, strip));
  }
  const drive = driveOf(target, field, inside, 1 / pixelsPerUnit(field), from - top, to - top);
  const rows = to - from;
  const [first, count] = [(from - top) * width, rows * width];
  const cut = new Float32Array(channels * count);
  for (let c = 0; c < channels; c++) {
    const at = c * width * height + first;
    cut.set(detail.subarray(at, at + count), c * count);
  }
  return { from, rows, inside: inside.slice(first, first + count), detail: cut, drive };
}

/** a − b of two pictures of one size, planar. */
function less(a: Raster, b: Raster): Float32Array {
  const out = new Float32Array(a.data.length);
  for (let i = 0; i < out.length; i++) out[i] = a.data[i]! - b.data[i]!;
  return out;
}

/** A source's detail on a part of the strip, (0, 0) its top-left pixel; planar. */
interface SourceDetail {
  readonly at: Rectangle;
  readonly channels: ChannelCount;
  readonly data: Float32Array;
}

function sourceDetail(
  { picture, at: place }: SmoothSource,
  { placed, landed }: LaidLayer,
  window: Size,
  working: Size,
  strip: Rectangle,
): SourceDetail {
  const { source, placement } = landed;
  const shared = intersection(placed.extent, strip)!;
  const { channels } = source;
  const { width, height } = shared;
  const at = { ...shared, y: shared.y - strip.y };
  const data = upsampled(picture, place, window, working, shared).data;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const to = (c * height + y) * width;
      const from = (c * source.height + at.y + y - placement.y) * source.width + at.x - placement.x;
      for (let x = 0; x < width; x++) data[to + x] = source.data[from + x]! - data[to + x]!;
    }
  }
  return { at, channels, data };
}

/** Moves the strip's detail towards a layer's by its mask, where it was taken. */
function mixDetail(
  detail: Float32Array,
  strip: Raster,
  { landed, taken }: LaidLayer,
  { at, channels, data }: SourceDetail,
): void {
  const { mask, placement, mode, alpha } = landed;
  const share = mode === 'average' ? alpha : 1;
  const row = new Float64Array(channels * at.width);
  for (let y = 0; y < at.height; y++) {
    for (let c = 0; c < channels; c++) {
      const from = (c * at.height + y) * at.width;
      row.set(data.subarray(from, from + at.width), c * at.width);
    }
    const adapted =
      mode === 'monochrome'
        ? withChannels(luminanceOf(row, channels), 1, strip.channels)
        : withChannels(row, channels, strip.channels);
    const weights = (at.y + y - placement.y) * mask.width + at.x - placement.x;
    const to = (at.y + y) * strip.width + at.x;
    for (let c = 0; c < strip.channels; c++) {
      const plane = c * strip.width * strip.height;
      for (let x = 0; x < at.width; x++) {
        if (taken !== undefined && taken[to + x] === 0) continue;
        const weight = share * mask.data[weights + x]!;
        detail[plane + to + x]! += weight * (adapted[c * at.width + x]! - detail[plane + to + x]!);
      }
    }
  }
}
