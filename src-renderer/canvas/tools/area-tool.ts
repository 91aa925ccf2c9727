import type { Point } from '../camera.ts';
import { ellipseOutline, polygon, rectangleOutline } from '../mask/coverage.ts';
import type { Combination } from '../mask/mask-raster.ts';
import type { Tool, ToolContext, Touch } from './tool.ts';

/** The outline that a gesture's way so far describes. */
type OutlineOf = (way: readonly Point[]) => Point[];

const between =
  (corners: (a: Point, b: Point) => Point[], snap: (n: number) => number): OutlineOf =>
  (way) => {
    const at = ({ x, y }: Point) => ({ x: snap(x), y: snap(y) });
    const [first, last] = [way[0], way.at(-1)];
    return first === undefined || last === undefined ? [] : corners(at(first), at(last));
  };

/** A rectangle's edges lie between pixels, so that it has no half ones. */
export const rectangular = between(rectangleOutline, Math.round);
export const elliptic = between(ellipseOutline, Math.round);
export const free: OutlineOf = (way) => [...way];

/**
 * Selects what an outline encloses: alone, or added (Shift) or taken away (Alt). A click that encloses nothing
 * clears the mask, as it does in other editors.
 */
export class AreaTool implements Tool {
  readonly #context: ToolContext;
  readonly #outlineOf: OutlineOf;
  #way: Touch[] = [];

  constructor(context: ToolContext, outlineOf: OutlineOf) {
    this.#context = context;
    this.#outlineOf = outlineOf;
  }

  get outline(): readonly Point[] {
    return this.#outlineOf(this.#way);
  }

  down(touch: Touch): void {
    this.#way = [touch];
  }

  drag(touches: readonly Touch[]): void {
    if (this.#way.length > 0) this.#way.push(...touches);
  }

  up(): void {
    const [first] = this.#way;
    if (first === undefined) return;
    const { outline } = this;
    this.#way = [];
    const how: Combination = first.shift ? 'add' : first.alt ? 'subtract' : 'replace';
    const { editor, label } = this.#context;
    editor.edit(label, (mask) => mask.combine(polygon(outline, mask.frame), how));
  }

  cancel(): void {
    this.#way = [];
  }
}
