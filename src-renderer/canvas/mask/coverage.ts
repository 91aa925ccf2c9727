import type { Point } from '../camera.ts';
import { around, intersection, isEmpty, type Rectangle } from './rectangle.ts';

/** How much of each pixel of a rectangle a shape covers: row-major, 0 nothing … 255 all. */
export interface Coverage extends Rectangle {
  readonly data: Uint8Array;
}

/** Sub-scanlines a pixel; across a line coverage is exact. */
const linesPerPixel = 8;

/** A disc that is whole up to `hardness` of its radius and falls off smoothly to its edge, drawn about `centre`. */
export function disc(centre: Point, radius: number, hardness: number): Coverage {
  const reach = radius + 0.5;
  const box = around(centre.x - reach, centre.y - reach, centre.x + reach, centre.y + reach);
  const data = new Uint8Array(box.width * box.height);
  const core = radius * Math.min(Math.max(hardness, 0), 1);
  // A hard edge is still one pixel wide, so that it is not jagged.
  const inner = Math.min(core, radius - 0.5);
  const outer = Math.max(radius, inner + 1);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const distance = Math.hypot(box.x + x + 0.5 - centre.x, box.y + y + 0.5 - centre.y);
      const t = Math.min(Math.max((outer - distance) / (outer - inner), 0), 1);
      const share = outer - inner > 1.5 ? t * t * (3 - 2 * t) : t;
      data[y * box.width + x] = Math.round(255 * share);
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
  const xs = outline.map(({ x }) => x);
  const ys = outline.map(({ y }) => y);
  const box = intersection(
    outline.length < 3
      ? { ...frame, width: 0 }
      : around(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)),
    frame,
  );
  if (isEmpty(box)) return { ...box, data: new Uint8Array(0) };
  const lengths = new Float32Array(box.width * box.height);
  for (let line = 0; line < box.height * linesPerPixel; line++) {
    const crossings = crossingsAt(outline, box.y + (line + 0.5) / linesPerPixel);
    const row = Math.floor(line / linesPerPixel) * box.width;
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      addSpan(lengths, row, box, crossings[i]!, crossings[i + 1]!);
    }
  }
  const data = Uint8Array.from(lengths, (length) => Math.round((255 * length) / linesPerPixel));
  return { ...box, data };
}

/** Where the outline crosses a horizontal line, from left to right. */
function crossingsAt(outline: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  outline.forEach((from, i) => {
    const to = outline[(i + 1) % outline.length]!;
    if (from.y <= y === to.y <= y) return;
    crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
  });
  return crossings.sort((a, b) => a - b);
}

/** Adds to each pixel of a row the length that it shares with [from, to]. */
function addSpan(lengths: Float32Array, row: number, box: Rectangle, from: number, to: number): void {
  const start = Math.max(from - box.x, 0);
  const end = Math.min(to - box.x, box.width);
  for (let x = Math.floor(start); x < end; x++) {
    lengths[row + x]! += Math.min(end, x + 1) - Math.max(start, x);
  }
}
