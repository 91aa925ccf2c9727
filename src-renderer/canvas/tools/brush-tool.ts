import { disc } from '../mask/coverage.ts';
import { Stroke } from '../mask/stroke.ts';
import { union, nowhere } from '../mask/rectangle.ts';
import type { Tool, ToolContext, Touch } from './tool.ts';

/** Paints the mask, or rubs it out; Alt turns one into the other. */
export class BrushTool implements Tool {
  readonly outline = [];
  readonly #context: ToolContext;
  readonly #erases: boolean;
  #stroke: { readonly path: Stroke; readonly erases: boolean } | null = null;

  constructor(context: ToolContext, erases: boolean) {
    this.#context = context;
    this.#erases = erases;
  }

  down(touch: Touch): void {
    const { size, spacing } = this.#context.brush();
    this.#stroke = { path: new Stroke(size * spacing), erases: this.#erases !== touch.alt };
    this.#context.editor.begin();
    this.drag([touch]);
  }

  drag(touches: readonly Touch[]): void {
    const stroke = this.#stroke;
    if (stroke === null) return;
    const { size, hardness } = this.#context.brush();
    const dabs = touches.flatMap((touch) => stroke.path.extend(touch));
    this.#context.editor.paint((mask) =>
      dabs
        .map((at) => mask.combine(disc(at, size / 2, hardness), stroke.erases ? 'subtract' : 'add'))
        .reduce(union, nowhere),
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
}
