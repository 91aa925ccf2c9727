import { wand } from '../mask/wand.ts';
import { combinationOf, type Tool, type ToolContext, type Touch } from './tool.ts';

/** Selects what has the colour of the pixel that is clicked. */
export class WandTool implements Tool {
  readonly outline = [];
  readonly #context: ToolContext;
  #touch: Touch | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  down(touch: Touch): void {
    this.#touch = touch;
  }

  drag(): void {}

  up(): void {
    const touch = this.#touch;
    this.#touch = null;
    const { editor, pixels, wand: settings, combination, label } = this.#context;
    if (touch === null) return;
    const seed = { x: Math.floor(touch.x), y: Math.floor(touch.y) };
    if (seed.x < 0 || seed.y < 0 || seed.x >= pixels.width || seed.y >= pixels.height) return;
    const coverage = wand(pixels, seed, settings());
    editor.edit(label, (mask) => mask.combine(coverage, combinationOf(touch, combination())));
  }

  cancel(): void {
    this.#touch = null;
  }
}
