import type { Place } from '../clone-editor.ts';
import type { Point } from '../camera.ts';
import type { Tool, ToolContext, Touch } from './tool.ts';

/** Moves the source over the target by whole pixels; Shift keeps to the longer of the two directions. */
export class MoveTool implements Tool {
  readonly outline = [];
  readonly #context: ToolContext;
  #held: { readonly at: Point; readonly place: Place } | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  down(touch: Touch): void {
    const { editor } = this.#context;
    this.#held = { at: onTarget(touch, editor.place), place: editor.place };
    editor.begin();
  }

  drag(touches: readonly Touch[]): void {
    const touch = touches.at(-1);
    const held = this.#held;
    if (touch === undefined || held === null) return;
    const { editor } = this.#context;
    const to = onTarget(touch, editor.place);
    const dx = to.x - held.at.x;
    const dy = to.y - held.at.y;
    const across = !touch.shift || Math.abs(dx) >= Math.abs(dy);
    const down = !touch.shift || Math.abs(dx) < Math.abs(dy);
    editor.moveTo({ x: held.place.x + (across ? dx : 0), y: held.place.y + (down ? dy : 0) });
  }

  up(): void {
    this.#held = null;
    this.#context.editor.commit(this.#context.label);
  }

  cancel(): void {
    this.#held = null;
    this.#context.editor.cancel();
  }
}

/** Touches are told on the source, which moves under the pointer. */
function onTarget(touch: Point, place: Place): Point {
  return { x: touch.x + place.x, y: touch.y + place.y };
}
