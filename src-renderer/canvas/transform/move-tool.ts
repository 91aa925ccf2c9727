import { inverse, mapPoint, toMatrix } from '../../../src-shared/model/composition.ts';
import type { Point } from '../camera.ts';
import type { Placed } from '../landed.ts';
import type { Tool, Touch } from '../tools/tool.ts';
import { isWithin } from './frame.ts';
import { holdAt } from './handles.ts';
import { TransformTool, type TransformContext } from './transform-tool.ts';

/** A layer that can be picked on the canvas. */
export interface Pickable extends Placed {
  readonly id: string;
}

/** What the tool works on. Layers are asked for anew whenever they matter. */
export interface MoveContext extends Omit<TransformContext, 'editor'> {
  /** Those that are shown, bottom to top. */
  readonly layers: () => readonly Pickable[];
  readonly selected: () => Pickable | null;
  readonly select: (id: string) => void;
}

/** CSS pixels that a hand moves during a click. */
const still = 3;
/** Coverage from which a pixel counts as the layer's: half of it. */
const solid = 128;

/**
 * Picks layers by what of them is cut out, and lays the selected one on the target (see `TransformTool`).
 *
 * A click selects the topmost layer under it, with Alt the one below the selected. A drag moves the selected layer
 * unless it begins on another one's content and not on its own; with Ctrl always the topmost there. Its touches are
 * told on the target, in the target's pixels.
 */
export class MoveTool implements Tool {
  readonly outline = [];
  readonly #context: MoveContext;
  #active: TransformTool | null = null;
  #pressed: Touch | null = null;
  #isClick = false;
  #hovered: Pickable | null = null;

  constructor(context: MoveContext) {
    this.#context = context;
  }

  /** What a click would select now; null where it would select nothing else. */
  get hovered(): Pickable | null {
    const { layers, selected } = this.#context;
    const isThere = layers().some(({ id }) => id === this.#hovered?.id);
    return isThere && this.#hovered?.id !== selected()?.id ? this.#hovered : null;
  }

  down(touch: Touch): void {
    const { selected, select } = this.#context;
    const isHandle = this.#holdsHandle(touch);
    if (!isHandle) {
      const here = this.#layersAt(touch);
      const isOn = here.some(({ id }) => id === selected()?.id);
      const picked = (isOn && !touch.mod) || touch.alt ? undefined : here.at(-1);
      if (picked !== undefined && picked.id !== selected()?.id) select(picked.id);
    }
    this.#pressed = touch;
    this.#isClick = !isHandle;
    this.#hovered = null;
    this.#active = this.#transform();
    this.#active?.down(touch);
  }

  drag(touches: readonly Touch[]): void {
    const [last, first] = [touches.at(-1), this.#pressed];
    if (last === undefined || first === null) return;
    const away = Math.hypot(last.x - first.x, last.y - first.y);
    if (away > still * this.#context.pixel()) this.#isClick = false;
    if (!this.#isClick) this.#active?.drag(touches);
  }

  up(): void {
    const pressed = this.#pressed;
    const isClick = this.#isClick;
    this.#active?.up();
    this.#end();
    if (pressed !== null && isClick) this.#pick(pressed);
  }

  cancel(): void {
    this.#active?.cancel();
    this.#end();
  }

  hover(touch: Touch): void {
    this.#hovered = this.#holdsHandle(touch) ? null : (this.#layersAt(touch).at(-1) ?? null);
  }

  leave(): void {
    this.#hovered = null;
  }

  /** A double click on one of the selected layer's handles takes its scale, turn and flips back. */
  reset(at: Point): void {
    this.#transform()?.reset(at);
  }

  /** The pointer's look at a point of the target, as CSS has it. */
  cursorAt(at: Point): string {
    return (this.#active ?? this.#transform())?.cursorAt(at) ?? '';
  }

  #end(): void {
    this.#active = null;
    this.#pressed = null;
    this.#isClick = false;
  }

  #pick(touch: Touch): void {
    const { selected, select } = this.#context;
    const here = this.#layersAt(touch);
    const current = here.findIndex(({ id }) => id === selected()?.id);
    // From the lowest one round to the top again.
    const picked = here.at(touch.alt && current >= 0 ? current - 1 : -1);
    if (picked !== undefined && picked.id !== selected()?.id) select(picked.id);
  }

  #transform(): TransformTool | null {
    const selected = this.#context.selected();
    if (selected === null) return null;
    const { pixel, labels } = this.#context;
    return new TransformTool({ editor: selected.art.editor, pixel, labels });
  }

  #holdsHandle(at: Point): boolean {
    const selected = this.#context.selected();
    return (
      selected !== null && holdAt(at, selected.art.editor.corners, this.#context.pixel()).kind !== 'move'
    );
  }

  /** The layers whose content covers a point of the target, bottom to top. */
  #layersAt(at: Point): Pickable[] {
    return this.#context.layers().filter(({ art, transform }) => {
      const { mask, corners } = art.editor;
      if (!isWithin(at, corners)) return false;
      const p = mapPoint(inverse(toMatrix(transform, mask)), at);
      const [x, y] = [Math.floor(p.x), Math.floor(p.y)];
      const isInside = x >= 0 && y >= 0 && x < mask.width && y < mask.height;
      return isInside && mask.data[y * mask.width + x]! >= solid;
    });
  }
}
