import type { Point } from '../camera.ts';
import { discProfile } from './disc-profile.ts';
import { around, intersection, isEmpty, type Rectangle } from './rectangle.ts';

/** How much of each pixel of a rectangle a shape covers: row-major, 0 nothing … 255 all. */
export interface Coverage extends Rectangle {
  readonly data: Uint8Array;
}

/** Sub-scanlines a pixel; across a line coverage is exact. */
const linesPerPixel = 8;

/** A disc that is whole up to `hardness` of its radius and falls off smoothly to its edge, drawn about `centre`. */
export function disc(centre: Point, radius: number, hardness: number): Coverage {
  const { outer, coverageAt } = discProfile(radius, hardness);
  const box = around(centre.x - outer, centre.y - outer, centre.x + outer, centre.y + outer);
  const data = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const [dx, dy] = [box.x + x + 0.5 - centre.x, box.y + y + 0.5 - centre.y];
      data[y * box.width + x] = coverageAt(dx * dx + dy * dy);
    }
  }
  return { ...box, data };
}

/** The corners of a rectangle given by two opposite ones, in any order. */
export function rectangleOutline(a: Point, b: Point): Point[] {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}

/** The ellipse in the rectangle of two opposite corners, as a polygon that strays no more than 0.02 pixels from it. */
export function ellipseOutline(a: Point, b: Point): Point[] {
  const centre = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const rx = Math.abs(b.x - a.x) / 2;
  const ry = Math.abs(b.y - a.y) / 2;
  const sides = Math.max(24, Math.ceil(Math.PI * Math.sqrt(Math.max(rx, ry) / 0.04)));
  return Array.from({ length: sides }, (_, i) => {
    const angle = (2 * Math.PI * i) / sides;
    return { x: centre.x + rx * Math.cos(angle), y: centre.y + ry * Math.sin(angle) };
  });
}

/**
 * The inside of a closed outline by the even-odd rule, within `frame`, its edges anti-aliased.
 *
 * A pixel's coverage is the mean over sub-scanlines of the exact length that lies inside.
 */
export function polygon(outline: readonly Point[], frame: Rectangle): Coverage {
  const box = outline.length < 3 ? { ...frame, width: 0 } : intersection(boxOf(outline), frame);
  if (isEmpty(box)) return { ...box, data: new Uint8Array(0) };
  const data = new Uint8Array(box.width * box.height);
  const edges = edgesOf(outline);
  const lengths = new SpanSums(box.width);
  let begun = 0;
  let crossed: Edge[] = [];
  for (let y = 0; y < box.height; y++) {
    const [top, bottom] = [box.y + y, box.y + y + 1];
    for (; begun < edges.length && edges[begun]!.top < bottom; begun++) crossed.push(edges[begun]!);
    crossed = crossed.filter((edge) => edge.bottom > top);
    if (crossed.length === 0) continue;
    for (let line = 0; line < linesPerPixel; line++) {
      const crossings = crossingsAt(crossed, top + (line + 0.5) / linesPerPixel);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        lengths.add(crossings[i]! - box.x, crossings[i + 1]! - box.x);
      }
    }
    lengths.takeInto(data.subarray(y * box.width, (y + 1) * box.width), 255 / linesPerPixel);
  }
  return { ...box, data };
}

function boxOf(outline: readonly Point[]): Rectangle {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of outline) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return around(left, top, right, bottom);
}

/** A side of an outline that is not level, downwards: x = x0 + slope·(y − top). */
interface Edge {
  readonly top: number;
  readonly bottom: number;
  readonly x0: number;
  readonly slope: number;
}

/** From top to bottom by where they begin. */
function edgesOf(outline: readonly Point[]): Edge[] {
  return outline
    .flatMap((from, i): Edge[] => {
      const to = outline[(i + 1) % outline.length]!;
      if (from.y === to.y) return [];
      const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
      const slope = (lower.x - upper.x) / (lower.y - upper.y);
      return [{ top: upper.y, bottom: lower.y, x0: upper.x, slope }];
    })
    .sort((a, b) => a.top - b.top);
}

/** Where a horizontal line crosses the edges, from left to right. */
function crossingsAt(edges: readonly Edge[], y: number): number[] {
  const crossings: number[] = [];
  for (const { top, bottom, x0, slope } of edges) {
    if (top <= y && y < bottom) crossings.push(x0 + slope * (y - top));
  }
  return crossings.sort((a, b) => a - b);
}

/** For each pixel of a row the length that it shares with spans. A span costs the same however long it is. */
class SpanSums {
  /** What a pixel has more than the one before it, and what it has by itself. */
  readonly #steps: Float32Array;
  readonly #own: Float32Array;

  constructor(width: number) {
    this.#steps = new Float32Array(width + 1);
    this.#own = new Float32Array(width + 1);
  }

  add(from: number, to: number): void {
    const width = this.#own.length - 1;
    const start = Math.min(Math.max(from, 0), width);
    const end = Math.min(Math.max(to, 0), width);
    const [first, last] = [Math.floor(start), Math.floor(end)];
    if (first === last) {
      this.#own[first]! += end - start;
      return;
    }
    this.#own[first]! += first + 1 - start;
    this.#steps[first + 1]! += 1;
    this.#steps[last]! -= 1;
    this.#own[last]! += end - last;
  }

  /** Writes the sums, times `scale`, and begins anew. */
  takeInto(row: Uint8Array, scale: number): void {
    let whole = 0;
    for (let x = 0; x < row.length; x++) {
      whole += this.#steps[x]!;
      row[x] = Math.round(scale * (whole + this.#own[x]!));
    }
    this.#steps.fill(0);
    this.#own.fill(0);
  }
}
