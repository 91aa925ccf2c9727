import { partAtLevel, type MaskLevels } from './mask/mask-levels.ts';
import { intersection, isEmpty, nowhere, union, type Rectangle } from './mask/rectangle.ts';

/** What of a mask is looked at: a part of it in its pixels, at a level that the screen can show. */
export interface MaskView {
  readonly level: number;
  readonly part: Rectangle;
}

/** A picture of some of a source's pixels; `box` is where it lies, in the source's pixels. */
export interface SeenPart {
  readonly picture: OffscreenCanvas;
  readonly box: Rectangle;
}

/** Opaque colours for a part of a level, in the level's pixels. */
export type Ink = (level: number, part: Rectangle) => ImageData;

/** Up to so many pixels a level is held whole, and no pan leaves it. */
const heldWhole = 2 ** 20;

/** The finest level that has no more pixels than the screen. */
export function levelFor(devicePixelsPerPixel: number): number {
  return Math.min(Math.max(0, Math.floor(Math.log2(1 / devicePixelsPerPixel))), 12);
}

/** Up to so many pixels a part costs no less than the whole. */
const alwaysWhole = 2 ** 19;

/** Parts of a window are cut out on multiples of so many pixels, so that they are reduced as the whole is. */
const grain = 4;

/**
 * A mask as a picture, as opaque as the mask is inside: no more of it than is in sight, and no finer than the screen
 * shows it, so that a dab costs the same on a large photograph as on a small one. Of a small part that has changed, a
 * small picture is made.
 */
export class MaskWindow {
  readonly #levels: MaskLevels;
  readonly #ink: Ink;
  readonly #opacity: number;
  #level = 0;
  /** In the level's pixels, as the parts of it are. */
  #window = nowhere;
  /** Where the mask is newer than `#image`, and that newer than `#picture`. */
  #dirty = nowhere;
  #stale = nowhere;
  #image: ImageData | null = null;
  #picture = new OffscreenCanvas(1, 1);
  readonly #cutting = new OffscreenCanvas(1, 1);

  /** @param opacity what is wholly inside becomes so opaque, 0…1 */
  constructor(levels: MaskLevels, ink: Ink, opacity = 1) {
    this.#levels = levels;
    this.#ink = ink;
    this.#opacity = opacity;
  }

  /** A part of the mask has changed. */
  changed(part: Rectangle): void {
    if (!isEmpty(part)) this.#dirty = union(this.#dirty, partAtLevel(part, this.#level));
  }

  /** At least that part, good until the next call; null where none of the mask lies there. */
  seen({ level, part }: MaskView): SeenPart | null {
    const { width, height } = this.#levels.at(level);
    const frame = { x: 0, y: 0, width, height };
    const wanted = intersection(partAtLevel(part, level), frame);
    if (isEmpty(wanted)) return null;
    const has = intersection(this.#window, wanted);
    const holds = has.width === wanted.width && has.height === wanted.height;
    if (level !== this.#level || !holds) {
      this.#open(level, width * height <= heldWhole ? frame : intersection(withMargin(wanted), frame));
    }
    this.#update();
    const pixels = this.#window.width * this.#window.height;
    const isSmall = pixels > alwaysWhole && 4 * wanted.width * wanted.height < pixels;
    if (isSmall && !isEmpty(intersection(this.#stale, wanted))) return this.#cut(wanted);
    this.#put(this.#picture, this.#window, this.#stale);
    this.#stale = nowhere;
    return { picture: this.#picture, box: this.#inPixels(this.#window) };
  }

  #open(level: number, window: Rectangle): void {
    this.#level = level;
    this.#window = window;
    this.#dirty = window;
    this.#image = this.#ink(level, window);
    this.#picture = new OffscreenCanvas(window.width, window.height);
  }

  #update(): void {
    const image = this.#image;
    const part = intersection(this.#dirty, this.#window);
    this.#dirty = nowhere;
    if (image === null || isEmpty(part)) return;
    this.#stale = union(intersection(this.#stale, this.#window), part);
    const { data, width } = this.#levels.at(this.#level);
    const [left, top] = [part.x - this.#window.x, part.y - this.#window.y];
    for (let row = 0; row < part.height; row++) {
      let from = (part.y + row) * width + part.x;
      let to = 4 * ((top + row) * this.#window.width + left) + 3;
      for (let i = 0; i < part.width; i++, from++, to += 4) {
        image.data[to] = Math.round(this.#opacity * data[from]!);
      }
    }
  }

  /** A part by itself, and what is around it as far as smoothing reaches. */
  #cut({ x, y, width, height }: Rectangle): SeenPart {
    const { x: left, y: top } = this.#window;
    const [down, up] = [
      (value: number) => Math.floor(value / grain - 1) * grain,
      (value: number) => Math.ceil(value / grain + 1) * grain,
    ];
    const [fromX, fromY] = [left + down(x - left), top + down(y - top)];
    const [toX, toY] = [left + up(x + width - left), top + up(y + height - top)];
    const part = intersection({ x: fromX, y: fromY, width: toX - fromX, height: toY - fromY }, this.#window);
    this.#cutting.width = part.width;
    this.#cutting.height = part.height;
    this.#put(this.#cutting, part, part);
    return { picture: this.#cutting, box: this.#inPixels(part) };
  }

  /** The pixels of `part` onto a canvas that shows `shown` of the level. */
  #put(canvas: OffscreenCanvas, shown: Rectangle, part: Rectangle): void {
    if (this.#image === null || isEmpty(part)) return;
    const { x, y } = this.#window;
    const { width, height } = part;
    const [left, top] = [part.x - x, part.y - y];
    canvas.getContext('2d')?.putImageData(this.#image, x - shown.x, y - shown.y, left, top, width, height);
  }

  #inPixels({ x, y, width, height }: Rectangle): Rectangle {
    const step = 2 ** this.#level;
    return { x: x * step, y: y * step, width: width * step, height: height * step };
  }
}

/** A quarter more on every side, for the next pan. */
function withMargin({ x, y, width, height }: Rectangle): Rectangle {
  const [across, down] = [Math.ceil(width / 4), Math.ceil(height / 4)];
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
}
