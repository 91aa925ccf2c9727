import type { Transform } from '../../../src-shared/model/composition.ts';
import type { Point } from '../camera.ts';
import type { CloneEditor } from '../clone-editor.ts';
import type { Tool, Touch } from '../tools/tool.ts';
import { moved, reset, scaled, turned } from './adjust.ts';
import { centreOf, type Corners } from './frame.ts';
import { cursorOf, holdAt, opposite, type Hold } from './handles.ts';

export type Adjustment = Hold['kind'] | 'reset';

/** What the tool works on. */
export interface TransformContext {
  readonly editor: CloneEditor;
  /** Target pixels a CSS pixel on the pane that is touched. */
  readonly pixel: () => number;
  /** What its edits are called in the history. */
  readonly labels: Readonly<Record<Adjustment, string>>;
}

/** Degrees that Shift keeps a turn to. */
const shiftSteps = 15;

/**
 * Lays the source on the target, held by the box of what is cut out of it: dragged it moves by whole pixels, by a corner it is scaled about the opposite one
 * (Alt: about its centre), by its handle or beyond a corner it is turned. Shift keeps a move to one axis, and a turn
 * to steps of 15°. Its touches are told on the target, in the target's pixels.
 */
export class TransformTool implements Tool {
  readonly outline = [];
  readonly #context: TransformContext;
  #held: {
    readonly hold: Hold;
    readonly at: Point;
    readonly from: Transform;
    readonly corners: Corners;
  } | null = null;

  constructor(context: TransformContext) {
    this.#context = context;
  }

  down(touch: Touch): void {
    const { editor, pixel } = this.#context;
    const hold = holdAt(touch, editor.corners, pixel());
    this.#held = { hold, at: { x: touch.x, y: touch.y }, from: editor.transform, corners: editor.corners };
    editor.begin();
  }

  drag(touches: readonly Touch[]): void {
    const touch = touches.at(-1);
    if (touch !== undefined && this.#held !== null) this.#context.editor.place(this.#dragged(touch));
  }

  up(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) this.#context.editor.commit(this.#context.labels[held.hold.kind]);
  }

  cancel(): void {
    this.#held = null;
    this.#context.editor.cancel();
  }

  /** A double click on the source. */
  reset(at: Point): void {
    const { editor, labels, pixel } = this.#context;
    if (holdAt(at, editor.corners, pixel()).kind === 'move') return;
    editor.put(labels.reset, reset(editor.transform, editor.mask, centreOf(editor.corners)));
  }

  /** The pointer's look at a point of the target, as CSS has it. */
  cursorAt(at: Point): string {
    const { editor, pixel } = this.#context;
    const hold = this.#held?.hold ?? holdAt(at, editor.corners, pixel());
    const look = cursorOf(hold, editor.corners);
    return this.#held !== null && look === 'grab' ? 'grabbing' : look;
  }

  #dragged(to: Touch): Transform {
    const { hold, at, from, corners } = this.#held!;
    const size = this.#context.editor.mask;
    const centre = centreOf(corners);
    switch (hold.kind) {
      case 'move': {
        const [dx, dy] = [to.x - at.x, to.y - at.y];
        const alongX = Math.abs(dx) >= Math.abs(dy);
        return moved(from, to.shift && !alongX ? 0 : dx, to.shift && alongX ? 0 : dy);
      }
      case 'turn': {
        const angle = (p: Point) => (Math.atan2(p.y - centre.y, p.x - centre.x) * 180) / Math.PI;
        return turned(from, size, from.rotation + angle(to) - angle(at), centre, to.shift ? shiftSteps : 0);
      }
      case 'scale': {
        const corner = corners[hold.corner];
        const anchor = to.alt ? centre : corners[opposite(hold.corner)];
        const [x, y] = [corner.x - anchor.x, corner.y - anchor.y];
        const along = x * (corner.x + to.x - at.x - anchor.x) + y * (corner.y + to.y - at.y - anchor.y);
        return scaled(from, size, Math.max(along / (x * x + y * y), 1e-3), anchor);
      }
    }
  }
}
