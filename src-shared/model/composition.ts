import type { Placement, Size } from './image.ts';

/**
 * How a source lies on its target. (x, y) is where the top-left corner of the untransformed source's frame lies, in
 * target pixels; the source is then scaled, flipped and turned about its own centre:
 *
 *     p_target = (x, y) + c + R(rotation)·scale·F·(p_source − c),   c = (width/2, height/2)
 *
 * Positions are those of pixel edges: a pixel's centre is at half numbers.
 */
export interface Transform {
  readonly x: number;
  readonly y: number;
  /** Target pixels to a source pixel, above 0. */
  readonly scale: number;
  /** Degrees, clockwise on the screen. */
  readonly rotation: number;
  /** Left and right exchanged, before the turn. */
  readonly flipX: boolean;
  /** Top and bottom exchanged, before the turn. */
  readonly flipY: boolean;
}

/** The source's frame as it is, its top-left corner on the target's. */
export const identity: Transform = { x: 0, y: 0, scale: 1, rotation: 0, flipX: false, flipY: false };

/** The source as it is, its top-left corner at a place. */
export function movedTo({ x, y }: Placement): Transform {
  return { ...identity, x, y };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** x' = a·x + c·y + e, y' = b·x + d·y + f: the letters of DOMMatrix and of a canvas's `transform`. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The matrix from a source's pixel-edge coordinates to its target's. Exact for quarter turns. */
export function toMatrix({ x, y, scale, rotation, flipX, flipY }: Transform, source: Size): Matrix {
  const [cos, sin] = turn(rotation);
  const across = flipX ? -scale : scale;
  const down = flipY ? -scale : scale;
  const [a, b] = [cos * across, sin * across];
  const [c, d] = [-sin * down, cos * down];
  const [cx, cy] = [source.width / 2, source.height / 2];
  return { a, b, c, d, e: x + cx - (a * cx + c * cy), f: y + cy - (b * cx + d * cy) };
}

export function mapPoint({ a, b, c, d, e, f }: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** The matrix that does `first` and then `then`. */
export function compose(then: Matrix, first: Matrix): Matrix {
  const { x: e, y: f } = mapPoint(then, { x: first.e, y: first.f });
  return {
    a: then.a * first.a + then.c * first.b,
    b: then.b * first.a + then.d * first.b,
    c: then.a * first.c + then.c * first.d,
    d: then.b * first.c + then.d * first.d,
    e,
    f,
  };
}

/** The matrix that undoes another, whose determinant must not be 0. */
export function inverse({ a, b, c, d, e, f }: Matrix): Matrix {
  const determinant = a * d - b * c;
  const [ia, ib, ic, id] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  return { a: ia, b: ib, c: ic, d: id, e: -(ia * e + ic * f), f: -(ib * e + id * f) };
}

/** Whether each pixel of the source lands on one whole pixel of the target, so that nothing is resampled. */
export function isOnGrid({ a, b, c, d, e, f }: Matrix): boolean {
  const isUnit = (n: number) => Math.abs(n) === 1;
  const isSquare =
    (isUnit(a) && isUnit(d) && b === 0 && c === 0) || (isUnit(b) && isUnit(c) && a === 0 && d === 0);
  return isSquare && Number.isInteger(e) && Number.isInteger(f);
}

/** Cosine and sine of degrees, whole numbers for quarter turns. */
function turn(degrees: number): readonly [number, number] {
  const quarters = degrees / 90;
  if (!Number.isInteger(quarters)) {
    const radians = ((degrees % 360) * Math.PI) / 180;
    return [Math.cos(radians), Math.sin(radians)];
  }
  const quarter = ((quarters % 4) + 4) % 4;
  return [[1, 0, -1, 0][quarter]!, [0, 1, 0, -1][quarter]!];
}
