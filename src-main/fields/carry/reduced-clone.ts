import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../../src-shared/model/field.ts';
import type { ChannelCount, Size } from '../../../src-shared/model/image.ts';
import type { CloneGuidance } from '../clone-guidance.ts';
import type { Raster, Rectangle } from '../raster.ts';
import { staggeredGradient } from '../staggered-gradient.ts';
import type { FusedStrip } from './fused-strip.ts';
import type { PlacedLayer } from './placed-layer.ts';
import { placeOf, Reduction, sideOf } from './reduction.ts';

/** A source on the working grid. */
export interface SmoothSource {
  readonly placed: PlacedLayer;
  readonly picture: Raster;
  /** Where its top-left pixel lies on the working grid. */
  readonly at: Rectangle;
}

/** A composition seen on fewer pixels than its window has, with all that its detail is taken from. */
export interface Carry {
  /** Of the target. */
  readonly window: Rectangle;
  /** The window's target on the working grid. */
  readonly reference: Raster;
  /** From the bottom to the top. */
  readonly sources: readonly SmoothSource[];
}

/**
 * The guidance of a composition on a working grid, gathered from its window row by row.
 *
 * It is the fused field at full resolution that is reduced, not the pictures that it is fused from: so the solution is
 * the full one's reduction for every mode and mask, also where which gradient is the stronger depends on how closely
 * one looks. Target, sources, field and region are all reduced by the same kernel, a picture's field to that of the
 * reduced picture to rounding.
 */
export class ReducedClone {
  readonly #window: Rectangle;
  readonly #size: Size;
  readonly #channels: ChannelCount;
  readonly #target: readonly Reduction[];
  readonly #dx: readonly Reduction[];
  readonly #dy: readonly Reduction[];
  readonly #inside: Reduction;
  readonly #sources: readonly {
    readonly placed: PlacedLayer;
    readonly at: Rectangle;
    readonly planes: readonly Reduction[];
  }[];

  constructor(window: Rectangle, size: Size, channels: ChannelCount, layers: readonly PlacedLayer[]) {
    this.#window = window;
    this.#size = size;
    this.#channels = channels;
    const across = sideOf(window.width, size.width);
    const down = sideOf(window.height, size.height);
    const planes = (make: () => Reduction, count: number) => Array.from({ length: count }, make);
    this.#target = planes(() => new Reduction(across.values, down.values), channels);
    this.#dx = planes(() => new Reduction(across.differences, down.values), channels);
    this.#dy = planes(() => new Reduction(across.values, down.differences), channels);
    this.#inside = new Reduction(across.values, down.values);
    this.#sources = layers.map((placed) => {
      const { extent, layer } = placed;
      const own = [
        sideOf(window.width, size.width, extent.x, extent.width),
        sideOf(window.height, size.height, extent.y, extent.height),
      ] as const;
      const make = () => new Reduction(own[0].values, own[1].values);
      return { placed, at: placeOf(...own), planes: planes(make, layer.source.channels) };
    });
  }

  /** The window's rows `from` to `to` − 1; strips must come in order. */
  add({ top, target, field, inside, layers }: FusedStrip, from: number, to: number): void {
    const { width, height } = target;
    // Each strip has its own units.
    const scale = pixelsPerUnit(this.#size) / pixelsPerUnit(field);
    const [dx, dy] = [scaled(field.dx, scale), scaled(field.dy, scale)];
    for (let y = from; y < to; y++) {
      const row = (y - top) * width;
      for (let c = 0; c < this.#channels; c++) {
        const at = c * width * height + row;
        this.#target[c]!.add(y, target.data, at);
        this.#dx[c]!.add(y, dx, at);
        this.#dy[c]!.add(y, dy, at);
      }
      this.#inside.add(y, inside, row);
    }
    for (const { placed, landed } of layers) {
      const planes = this.#sources.find((source) => source.placed === placed)!.planes;
      const { source, placement } = landed;
      const { extent } = placed;
      for (let y = Math.max(from, extent.y); y < Math.min(to, extent.y + extent.height); y++) {
        const row = (y - top - placement.y) * source.width + extent.x - placement.x;
        planes.forEach((plane, c) => {
          plane.add(y - extent.y, source.data, c * source.width * source.height + row);
        });
      }
    }
  }

  finish(): { readonly carry: Carry; readonly guidance: CloneGuidance } {
    const { width, height } = this.#size;
    const channels = this.#channels;
    const reference: Raster = { width, height, channels, data: planar(this.#target, Float32Array) };
    const field: GradientField = {
      kind: 'gradient',
      operator: 'staggered',
      width,
      height,
      channels,
      dx: planar(this.#dx, Float64Array),
      dy: planar(this.#dy, Float64Array),
    };
    const inside = regionOf(this.#inside.data);
    const sources = this.#sources.map(({ placed, at, planes }) => ({
      placed,
      at,
      picture: {
        width: at.width,
        height: at.height,
        channels: placed.layer.source.channels,
        data: planar(planes, Float32Array),
      },
    }));
    const carry = { window: this.#window, reference, sources };
    return { carry, guidance: { field, seam: { inside, target: staggeredGradient(reference) } } };
  }
}

function scaled(values: Float64Array, by: number): Float64Array {
  for (let i = 0; i < values.length; i++) values[i]! *= by;
  return values;
}

/** Working pixels that lie in the region by half or more; where it is too thin for that, those it touches. */
function regionOf(share: Float64Array): Uint8Array {
  const inside = Uint8Array.from(share, (s) => (s >= 0.5 ? 1 : 0));
  return inside.includes(1) ? inside : Uint8Array.from(share, (s) => (s > 0 ? 1 : 0));
}

function planar<T extends Float32Array | Float64Array>(
  planes: readonly Reduction[],
  Numbers: new (length: number) => T,
): T {
  const count = planes[0]!.data.length;
  const out = new Numbers(planes.length * count);
  planes.forEach(({ data }, c) => out.set(data, c * count));
  return out;
}
