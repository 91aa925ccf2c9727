import type { Extent } from '../camera.ts';
import type { MaskLevel } from './mask-levels.ts';
import type { Rectangle } from './rectangle.ts';

/** Points one after the other, x and y in turn; what is inside lies to the right of the way. */
export type Polyline = readonly number[];

/** Where coverage is one half. */
const half = 127.5;

/**
 * The line where a mask is half covered, through the cells of `cells`: marching squares between pixel centres, linear
 * in between. Beyond the mask nothing is covered.
 *
 * A cell (x, y) lies between the centres of pixels (x−1, y−1) and (x, y), so that there are width+1 by height+1 of them,
 * and each crossing belongs to a side of a cell: lines of neighbouring parts meet to the bit. Where opposite corners
 * are inside, the two are kept apart unless the cell's mean is inside. Points lie in pixels of the level, between its edges.
 */
export function contour(mask: MaskLevel, cells: Rectangle): Polyline[] {
  const { width, height, data } = mask;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!;
  const chains = new Chains();
  const columns = width + 1;
  for (let y = cells.y; y < cells.y + cells.height; y++) {
    for (let x = cells.x; x < cells.x + cells.width; x++) {
      const [nw, ne, sw, se] = [at(x - 1, y - 1), at(x, y - 1), at(x - 1, y), at(x, y)];
      const kind = Number(nw > half) + 2 * Number(ne > half) + 4 * Number(se > half) + 8 * Number(sw > half);
      if (kind === 0 || kind === 15) continue;
      // Sides are numbered by the corner they begin at: twice for the level one, and one more for the upright one.
      const corner = 2 * (y * columns + x);
      const key = [corner, corner + 3, corner + 2 * columns, corner + 1];
      const point = (side: number): readonly [number, number] => {
        if (side === 0) return [x - 0.5 + share(nw, ne), y - 0.5];
        if (side === 1) return [x + 0.5, y - 0.5 + share(ne, se)];
        if (side === 2) return [x - 0.5 + share(sw, se), y + 0.5];
        return [x - 0.5, y - 0.5 + share(nw, sw)];
      };
      const joined = nw + ne + sw + se > 4 * half;
      for (const [from, to] of sidesOf(kind, joined))
        chains.add(key[from]!, key[to]!, point(from), point(to));
    }
  }
  return chains.lines().map((line) => within(line, mask));
}

/** How far from one centre to the next half is reached. */
function share(from: number, to: number): number {
  return (half - from) / (to - from);
}

const [top, right, bottom, left] = [0, 1, 2, 3];
type Sides = readonly (readonly [from: number, to: number])[];

/** By which corners are inside (1 NW, 2 NE, 4 SE, 8 SW): from which side to which, the inside to the right. */
const cases: readonly Sides[] = [
  [],
  [[top, left]],
  [[right, top]],
  [[right, left]],
  [[bottom, right]],
  [],
  [[bottom, top]],
  [[bottom, left]],
  [[left, bottom]],
  [[top, bottom]],
  [],
  [[right, bottom]],
  [[left, right]],
  [[top, right]],
  [[left, top]],
  [],
];

function sidesOf(kind: number, joined: boolean): Sides {
  if (kind === 5) return joined ? [[top, right], [bottom, left]] : [[top, left], [bottom, right]]; // prettier-ignore
  if (kind === 10) return joined ? [[left, top], [right, bottom]] : [[right, top], [left, bottom]]; // prettier-ignore
  return cases[kind]!;
}

/** Pieces put together end to end. */
class Chains {
  readonly #next = new Map<
    number,
    { readonly to: number; readonly from: readonly [number, number]; readonly end: readonly [number, number] }
  >();
  readonly #entered = new Set<number>();

  add(from: number, to: number, start: readonly [number, number], end: readonly [number, number]): void {
    this.#next.set(from, { to, from: start, end });
    this.#entered.add(to);
  }

  lines(): number[][] {
    const lines: number[][] = [];
    // Those that come from elsewhere first; what is left are rings.
    for (const key of [...this.#next.keys()]) if (!this.#entered.has(key)) lines.push(this.#follow(key));
    for (const key of [...this.#next.keys()]) if (this.#next.has(key)) lines.push(this.#follow(key));
    return lines;
  }

  #follow(start: number): number[] {
    const line: number[] = [];
    let key = start;
    for (let piece = this.#next.get(key); piece !== undefined; piece = this.#next.get(key)) {
      if (line.length === 0) line.push(...piece.from);
      line.push(...piece.end);
      this.#next.delete(key);
      key = piece.to;
    }
    return line;
  }
}

function within(line: number[], { width, height }: Extent): number[] {
  return line.map((value, i) => Math.min(Math.max(value, 0), i % 2 === 0 ? width : height));
}

/**
 * The sides of pixels between those that are more in than out and the others, in straight pieces: what is seen where
 * pixels are shown as squares. For the upper and left sides of the pixels in `cells`, which may lie one beyond the mask.
 */
export function pixelEdges({ width, height, data }: MaskLevel, cells: Rectangle): Polyline[] {
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! > half;
  const lines: Polyline[] = [];
  const [right, bottom] = [cells.x + cells.width, cells.y + cells.height];
  for (let y = cells.y; y < bottom; y++) {
    for (let x = cells.x, from = -1; x <= right; x++) {
      const isEdge = x < right && inside(x, y - 1) !== inside(x, y);
      if (isEdge && from < 0) from = x;
      if (isEdge || from < 0) continue;
      lines.push([from, y, x, y]);
      from = -1;
    }
  }
  for (let x = cells.x; x < right; x++) {
    for (let y = cells.y, from = -1; y <= bottom; y++) {
      const isEdge = y < bottom && inside(x - 1, y) !== inside(x, y);
      if (isEdge && from < 0) from = y;
      if (isEdge || from < 0) continue;
      lines.push([x, from, x, y]);
      from = -1;
    }
  }
  return lines;
}
