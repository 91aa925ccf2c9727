import type { Point } from '../camera.ts';
import { ellipseOutline, polygon, rectangleOutline } from '../mask/coverage.ts';
import type { Combination } from '../mask/mask-raster.ts';
import { combinationOf, type Tool, type ToolContext, type Touch } from './tool.ts';

/** Keys pressed after the gesture was begun, when they no longer say what becomes of the shape. */
interface Constraint {
  /** As wide as high. */
  readonly square: boolean;
  /** About where it was begun. */
  readonly centred: boolean;
}

/** From the places a pointer has been at to the outline they mean. */
export type OutlineOf = (way: readonly Touch[], constraint: Constraint) => Point[];

const between =
  (outline: (a: Point, b: Point) => Point[], snap: (value: number) => number): OutlineOf =>
  (way, { square, centred }) => {
    const [first, last] = [way[0], way.at(-1)];
    if (first === undefined || last === undefined) return [];
    let [dx, dy] = [last.x - first.x, last.y - first.y];
    if (square) {
      const side = Math.max(Math.abs(dx), Math.abs(dy));
      [dx, dy] = [dx < 0 ? -side : side, dy < 0 ? -side : side];
    }
    const from = centred ? { x: first.x - dx, y: first.y - dy } : first;
    const corner = ({ x, y }: Point) => ({ x: snap(x), y: snap(y) });
    return outline(corner(from), corner({ x: first.x + dx, y: first.y + dy }));
  };

/** A rectangle's edges lie between pixels, so that it has no half ones. */
export const rectangular = between(rectangleOutline, Math.round);
export const elliptic = between(ellipseOutline, (value) => value);
export const free: OutlineOf = (way) => way.map(({ x, y }) => ({ x, y }));

/**
 * Puts the inside of an outline to the mask. A click that encloses nothing clears a mask that it would have
 * replaced, as it does in other editors, and does nothing else.
 */
export function putOutline(
  { editor, label }: ToolContext,
  outline: readonly Point[],
  how: Combination,
): void {
  const spread = (of: (p: Point) => number) => Math.max(...outline.map(of)) > Math.min(...outline.map(of));
  const encloses = outline.length > 2 && spread(({ x }) => x) && spread(({ y }) => y);
  if (!encloses && how !== 'replace') return;
  editor.edit(label, (mask) => mask.combine(polygon(outline, mask.frame), how));
}

/**
 * Selects what an outline encloses: by the keys held when it is begun, alone, added, taken away, or what lies in both.
 * Shift pressed later makes it as wide as high, Alt centres it where it was begun.
 */
export class AreaTool implements Tool {
  readonly #context: ToolContext;
  readonly #outlineOf: OutlineOf;
  #way: Touch[] = [];
  /** Keys that have been up since the press. */
  #freed = { shift: false, alt: false };

  constructor(context: ToolContext, outlineOf: OutlineOf) {
    this.#context = context;
    this.#outlineOf = outlineOf;
  }

  get outline(): readonly Point[] {
    const last = this.#way.at(-1);
    return this.#outlineOf(this.#way, {
      square: this.#freed.shift && last?.shift === true,
      centred: this.#freed.alt && last?.alt === true,
    });
  }

  down(touch: Touch): void {
    this.#way = [touch];
    this.#freed = { shift: !touch.shift, alt: !touch.alt };
  }

  drag(touches: readonly Touch[]): void {
    if (this.#way.length === 0) return;
    this.#way.push(...touches);
    for (const { shift, alt } of touches) {
      this.#freed.shift ||= !shift;
      this.#freed.alt ||= !alt;
    }
  }

  up(): void {
    const [first] = this.#way;
    if (first === undefined) return;
    const { outline } = this;
    this.#way = [];
    putOutline(this.#context, outline, combinationOf(first, this.#context.combination()));
  }

  cancel(): void {
    this.#way = [];
  }
}
