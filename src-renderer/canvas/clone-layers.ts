import type { CloneEditor } from './clone-editor.ts';
import { MaskWindow, type Ink, type MaskView, type SeenPart } from './mask-window.ts';
import { EdgeTiles } from './mask/edge-tiles.ts';
import { MaskLevels } from './mask/mask-levels.ts';
import { partOf, type MaskPart } from './mask/mask-part.ts';
import { isEmpty, type Rectangle } from './mask/rectangle.ts';

/** How the mask is shown over its picture. */
export interface OverlayLook {
  /** [red, green, blue], 0…255. */
  readonly colour: readonly [number, number, number];
  /** 0…1 */
  readonly opacity: number;
}

/** Levels that are looked at at once: by two panes and the layer's small picture, and one to spare. */
const windowsKept = 4;

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
  readonly #levels: MaskLevels;
  readonly #end: () => void;
  /** By level. */
  readonly #cuts = new Map<number, MaskWindow>();
  readonly #tints = new Map<number, MaskWindow>();
  #look: OverlayLook | null = null;

  /** @param source the picture of `pixels` */
  constructor(editor: CloneEditor, pixels: ImageData, source: OffscreenCanvas) {
    this.editor = editor;
    this.pixels = pixels;
    this.source = source;
    this.#levels = new MaskLevels(editor.mask);
    this.edge = new EdgeTiles(editor.mask, this.#levels);
    this.#end = editor.onChange(({ mask }) => {
      if (isEmpty(mask)) return;
      this.#levels.changed(mask);
      this.edge.changed(mask);
      for (const window of [...this.#cuts.values(), ...this.#tints.values()]) window.changed(mask);
    });
  }

  /** The source as a naive paste puts it down: its pixels, as opaque as the mask is inside; all of it, made anew. */
  paste(): OffscreenCanvas {
    const { mask } = this.editor;
    const image = new ImageData(this.pixels.data.slice(), mask.width, mask.height);
    for (let i = 0; i < mask.data.length; i++) image.data[4 * i + 3] = mask.data[i]!;
    return canvasOf(image);
  }

  /** The paste as far as it is in sight. */
  cutOut(view: MaskView): SeenPart | null {
    return windowOf(this.#cuts, view, () => new MaskWindow(this.#levels, this.#colours)).seen(view);
  }

  /** The mask in a colour, as far as it is in sight. */
  tint(look: OverlayLook, view: MaskView): SeenPart | null {
    if (look !== this.#look) this.#tints.clear();
    this.#look = look;
    const { colour, opacity } = look;
    const ink: Ink = (_, { width, height }) => {
      const image = new ImageData(width, height);
      for (let i = 0; i < image.data.length; i += 4) image.data.set(colour, i);
      return image;
    };
    return windowOf(this.#tints, view, () => new MaskWindow(this.#levels, ink, opacity)).seen(view);
  }

  /** What the mask selects and two pixels around it, where it has them, at a level: copied as it is now. */
  maskPart(level: number): MaskPart {
    return partOf(this.#levels.at(level), this.editor.mask.bounds(), level);
  }

  destroy(): void {
    this.#end();
  }

  /** The source's own pixels, smaller by the level. */
  readonly #colours: Ink = (level, { x, y, width, height }: Rectangle) => {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) return new ImageData(width, height);
    const share = 2 ** -level;
    context.imageSmoothingQuality = 'high';
    // What lies beyond its edge, where a level's last pixel stands for less than the others, is its edge.
    context.drawImage(
      this.source,
      -x,
      -y,
      Math.ceil(this.source.width * share),
      Math.ceil(this.source.height * share),
    );
    return context.getImageData(0, 0, width, height);
  };
}

function windowOf(kept: Map<number, MaskWindow>, { level }: MaskView, make: () => MaskWindow): MaskWindow {
  const known = kept.get(level);
  if (known !== undefined) return known;
  if (kept.size >= windowsKept) kept.delete([...kept.keys()][0]!);
  const made = make();
  kept.set(level, made);
  return made;
}

/** A canvas of just these pixels. */
export function canvasOf(pixels: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
