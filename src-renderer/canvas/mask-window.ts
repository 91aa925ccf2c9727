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

/**
 * A mask as a picture, as opaque as the mask is inside: no more of it than is in sight, and no finer than the screen
 * shows it, so that a dab costs the same on a large photograph as on a small one.
 */
export class MaskWindow {
  readonly #levels: MaskLevels;
  readonly #ink: Ink;
  readonly #opacity: number;
  #level = 0;
  /** In the level's pixels, as `#dirty` is. */
  #window = nowhere;
  #dirty = nowhere;
  #image: ImageData | null = null;
  #picture = new OffscreenCanvas(1, 1);

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

  /** At least that part; null where none of the mask lies there. */
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
    const step = 2 ** level;
    const { x, y, width: columns, height: rows } = this.#window;
    const box = { x: x * step, y: y * step, width: columns * step, height: rows * step };
    return { picture: this.#picture, box };
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
    const { data, width } = this.#levels.at(this.#level);
    const [left, top] = [part.x - this.#window.x, part.y - this.#window.y];
    for (let row = 0; row < part.height; row++) {
      let from = (part.y + row) * width + part.x;
      let to = 4 * ((top + row) * this.#window.width + left) + 3;
      for (let i = 0; i < part.width; i++, from++, to += 4) {
        image.data[to] = Math.round(this.#opacity * data[from]!);
      }
    }
    this.#picture.getContext('2d')?.putImageData(image, 0, 0, left, top, part.width, part.height);
  }
}

/** A quarter more on every side, for the next pan. */
function withMargin({ x, y, width, height }: Rectangle): Rectangle {
  const [across, down] = [Math.ceil(width / 4), Math.ceil(height / 4)];
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
}
