import { MaskStroke } from '../mask/mask-stroke.ts';
import { nowhere, union } from '../mask/rectangle.ts';
import { Stroke, type Pressed } from '../mask/stroke.ts';
import type { Tool, ToolContext, Touch } from './tool.ts';

/** A pen is never so light that nothing comes of it. */
const leastRadius = 0.5;

/**
 * Paints the mask, or rubs it out; Alt turns one into the other. A press with Shift goes on in a straight line from
 * where the last stroke ended.
 */
export class BrushTool implements Tool {
  readonly outline = [];
  readonly #context: ToolContext;
  readonly #erases: boolean;
  #stroke: { readonly way: Stroke; readonly shape: MaskStroke } | null = null;
  #last: Touch | null = null;

  constructor(context: ToolContext, erases: boolean) {
    this.#context = context;
    this.#erases = erases;
  }

  down(touch: Touch): void {
    const { editor } = this.#context;
    const way = new Stroke((pressure) => 2 * this.#radius(pressure) * this.#context.brush().spacing);
    this.#stroke = { way, shape: new MaskStroke(editor.mask, this.#erases !== touch.alt) };
    editor.begin();
    this.drag(touch.shift && this.#last !== null ? [this.#last, touch] : [touch]);
  }

  drag(touches: readonly Touch[]): void {
    const stroke = this.#stroke;
    if (stroke === null) return;
    const places = touches.flatMap((touch) => stroke.way.extend(touch));
    this.#last = touches.at(-1) ?? this.#last;
    this.#context.editor.paint(() =>
      places.map((place) => this.#dab(stroke.shape, place)).reduce(union, nowhere),
    );
  }

  up(): void {
    this.#stroke = null;
    this.#context.editor.commit(this.#context.label);
  }

  cancel(): void {
    this.#stroke = null;
    this.#context.editor.cancel();
  }

  #dab(shape: MaskStroke, { x, y, pressure }: Pressed) {
    const { hardness, pressure: lessens } = this.#context.brush();
    const opacity = lessens === 'opacity' || lessens === 'both' ? pressure : 1;
    return shape.dab({ x, y, radius: this.#radius(pressure), hardness, opacity });
  }

  #radius(pressure: number): number {
    const { size, pressure: lessens } = this.#context.brush();
    const share = lessens === 'size' || lessens === 'both' ? pressure : 1;
    return Math.max((share * size) / 2, leastRadius);
  }
}
