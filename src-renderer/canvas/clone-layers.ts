import type { CloneEditor } from './clone-editor.ts';
import { EdgeTiles } from './mask/edge-tiles.ts';
import { isEmpty, union, type Rectangle } from './mask/rectangle.ts';

/** How the mask is shown over its picture. */
export interface OverlayLook {
  /** [red, green, blue], 0…255. */
  readonly colour: readonly [number, number, number];
  /** 0…1 */
  readonly opacity: number;
}

/**
 * What panes draw of an editor: the source cut out by its mask, the mask as a tint, and its outline. Brought up to
 * date when drawn, and then only where the mask has changed.
 */
export class CloneLayers {
  readonly editor: CloneEditor;
  /** The source's pixels, opaque. */
  readonly source: OffscreenCanvas;
  /** The same as bytes, RGBA. */
  readonly pixels: ImageData;
  /** Where the mask is half covered. */
  readonly edge: EdgeTiles;
  readonly #paste: OffscreenCanvas;
  readonly #tint: OffscreenCanvas;
  readonly #end: () => void;
  #look: OverlayLook = { colour: [0, 0, 0], opacity: 0 };
  #dirty: { paste: Rectangle; tint: Rectangle };

  constructor(editor: CloneEditor, pixels: ImageData) {
    this.editor = editor;
    this.pixels = pixels;
    const { frame } = editor.mask;
    this.edge = new EdgeTiles(editor.mask);
    this.source = canvasOf(pixels);
    this.#paste = new OffscreenCanvas(frame.width, frame.height);
    this.#tint = new OffscreenCanvas(frame.width, frame.height);
    this.#dirty = { paste: frame, tint: frame };
    this.#end = editor.onChange(({ mask }) => {
      if (isEmpty(mask)) return;
      this.#dirty = { paste: union(this.#dirty.paste, mask), tint: union(this.#dirty.tint, mask) };
      this.edge.changed(mask);
    });
  }

  /** The source as a naive paste puts it down: its pixels, as opaque as the mask is inside. */
  paste(): OffscreenCanvas {
    const { paste: part } = this.#dirty;
    if (isEmpty(part)) return this.#paste;
    this.#dirty.paste = { ...part, width: 0 };
    const { data } = this.pixels;
    this.#put(this.#paste, part, (out, to, pixel, inside) => {
      out.set(data.subarray(4 * pixel, 4 * pixel + 3), to);
      out[to + 3] = inside;
    });
    return this.#paste;
  }

  tint(look: OverlayLook): OffscreenCanvas {
    if (look !== this.#look) this.#dirty.tint = this.editor.mask.frame;
    this.#look = look;
    const { tint: part } = this.#dirty;
    if (isEmpty(part)) return this.#tint;
    this.#dirty.tint = { ...part, width: 0 };
    const { colour, opacity } = look;
    this.#put(this.#tint, part, (out, to, _, inside) => {
      out.set(colour, to);
      out[to + 3] = Math.round(opacity * inside);
    });
    return this.#tint;
  }

  destroy(): void {
    this.#end();
  }

  #put(
    canvas: OffscreenCanvas,
    part: Rectangle,
    write: (out: Uint8ClampedArray, to: number, pixel: number, inside: number) => void,
  ): void {
    const { mask } = this.editor;
    const image = new ImageData(part.width, part.height);
    for (let y = 0, to = 0; y < part.height; y++) {
      let pixel = (part.y + y) * mask.width + part.x;
      for (let x = 0; x < part.width; x++, to += 4, pixel++) write(image.data, to, pixel, mask.data[pixel]!);
    }
    canvas.getContext('2d')?.putImageData(image, part.x, part.y);
  }
}

/** A canvas of just these pixels. */
export function canvasOf(pixels: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
