import type { Point } from '../camera.ts';
import { putOutline } from './area-tool.ts';
import { combinationOf, type Tool, type ToolContext, type Touch } from './tool.ts';

/**
 * An outline of straight sides, a click a corner. Enter or a double click closes it, Backspace takes the last corner
 * back, Escape drops it. The keys held with the first corner say what becomes of it; later Shift keeps a side to
 * multiples of 45°.
 */
export class PolygonTool implements Tool {
  readonly #context: ToolContext;
  #corners: Touch[] = [];
  #next: Point | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get outline(): readonly Point[] {
    if (this.#corners.length === 0) return [];
    const corners = this.#corners.map(({ x, y }) => ({ x, y }));
    return this.#next === null ? corners : [...corners, this.#next];
  }

  down(touch: Touch): void {
    const place = this.#straightened(touch);
    const last = this.#corners.at(-1);
    // The second press of a double click.
    if (last?.x !== place.x || last.y !== place.y) this.#corners.push({ ...touch, ...place });
    this.#next = null;
  }

  /** A corner is where the pointer is let go. */
  drag(touches: readonly Touch[]): void {
    const touch = touches.at(-1);
    const last = this.#corners.pop();
    if (touch !== undefined && last !== undefined) {
      this.#corners.push({ ...last, ...this.#straightened(touch) });
    }
  }

  up(): void {
    this.#next = null;
  }

  cancel(): void {
    this.#corners = [];
    this.#next = null;
  }

  takeBack(): void {
    this.#corners.pop();
    this.#next = null;
  }

  hover(touch: Touch): void {
    if (this.#corners.length > 0) this.#next = this.#straightened(touch);
  }

  doubleClick(): void {
    this.#close();
  }

  key(key: string): boolean {
    if (this.#corners.length === 0) return false;
    if (key === 'Enter') this.#close();
    else if (key === 'Backspace') this.#corners.pop();
    else if (key === 'Escape') this.cancel();
    else return false;
    return true;
  }

  #close(): void {
    const corners = this.#corners;
    const [first] = corners;
    this.cancel();
    if (first === undefined || corners.length < 3) return;
    putOutline(this.#context, corners, combinationOf(first, this.#context.combination()));
  }

  #straightened(touch: Touch): Point {
    const from = this.#corners.at(-1);
    if (from === undefined || !touch.shift) return { x: touch.x, y: touch.y };
    const [dx, dy] = [touch.x - from.x, touch.y - from.y];
    const eighth = Math.PI / 4;
    const angle = Math.round(Math.atan2(dy, dx) / eighth) * eighth;
    const length = dx * Math.cos(angle) + dy * Math.sin(angle);
    return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
  }
}
