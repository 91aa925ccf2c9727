import { toMatrix } from '../../src-shared/model/composition.ts';
import { toScreen, type Camera, type Point } from './camera.ts';
import type { Placed } from './landed.ts';
import { around, type Rectangle } from './mask/rectangle.ts';
import { levelFor, type MaskView } from './mask-window.ts';
import type { Surface } from './surface.ts';

/** How sources and the target's pixels lie on a pane at one moment. */
export class CloneSight {
  readonly camera: Camera;
  readonly surface: Surface;

  constructor(camera: Camera, surface: Surface) {
    this.camera = camera;
    this.surface = surface;
  }

  /** From the pane's picture to CSS pixels. */
  at(p: Point): Point {
    return toScreen(this.camera, this.surface.extent, p);
  }

  /** From a source's pixels to CSS pixels. */
  matrixOf({ art, transform }: Placed): DOMMatrix {
    const { a, b, c, d, e, f } = toMatrix(transform, art.source);
    const { scale } = this.camera;
    const { x, y } = this.at({ x: e, y: f });
    return new DOMMatrix([scale * a, scale * b, scale * c, scale * d, x, y]);
  }

  /** CSS pixels a pixel of a source. */
  scaleOf({ transform }: Placed): number {
    return this.camera.scale * transform.scale;
  }

  /** The part of a source's mask that lies on a part of the pane, as fine as the screen shows it. */
  viewOf(placed: Placed, { x, y, width, height }: Rectangle): MaskView {
    const toMask = this.matrixOf(placed).inverse();
    const part = boxUnder(toMask, x, y, x + width, y + height);
    return { level: levelFor(this.scaleOf(placed) * this.surface.ratio), part };
  }

  /** Where on the pane something may look different after a part of a mask has changed. */
  seenChange(placed: Placed, { x, y, width, height }: Rectangle): Rectangle {
    const scale = this.scaleOf(placed);
    // Smoothing reaches so many pixels of the level that is shown; the lines along the edge are so wide.
    const reach = 4 * 2 ** levelFor(scale * this.surface.ratio) + 3 / scale;
    return boxUnder(this.matrixOf(placed), x - reach, y - reach, x + width + reach, y + height + reach);
  }
}

/** The rectangle of whole numbers around another one under a matrix. */
function boxUnder(matrix: DOMMatrix, left: number, top: number, right: number, bottom: number): Rectangle {
  const corners = [left, right].flatMap((x) => [top, bottom].map((y) => matrix.transformPoint({ x, y })));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return around(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}
