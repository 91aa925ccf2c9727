/**
 * Jets: a layer's values carried with their derivatives with respect to the coordinates, forward and back.
 *
 * With z = hW + b, z_i = h_i W, z_Δ = (Δh)W and q = Σ z_i²:
 *   h' = sin z,  h'_i = cos z · z_i,  Δh' = cos z · z_Δ - sin z · q          (chain rule; i over directions)
 * and, with a bar for the derivative of the loss,
 *   z̄_i = cos z · h̄'_i - 2 sin z · z_i · Δh̄',  z̄_Δ = cos z · Δh̄',
 *   z̄   = cos z · (h̄' - q Δh̄') - sin z · (Σ z_i h̄'_i + z_Δ Δh̄').
 * sin and cos are taken once a unit. Streams are kept apart, each its own matrix, so that nothing is ever copied to be
 * stacked or split.
 */
import type { Ops } from './ops.ts';

/** Values [n, width], first derivatives along some directions, and the Laplacian, each [n, width]. */
export interface Jet<T> {
  readonly h: T;
  readonly first: readonly T[];
  readonly laplacian?: T;
}

/** What the backward pass needs of a sine layer's forward pass. */
export interface SineTrace<T> {
  readonly input: Jet<T>;
  readonly z: Jet<T>;
  readonly sin: T;
  readonly cos: T;
  /** Σ z_i², where Laplacians are carried. */
  readonly q?: T;
}

/** The gradient of one affine map, accumulated over streams and chunks. */
export interface AffineGradient<T> {
  readonly W: T;
  /** Absent where no value stream reached the loss, so that the bias has none. */
  readonly b: T | undefined;
}

const total = <T>(ops: Ops<T>, terms: readonly T[]): T | undefined =>
  terms.length === 0 ? undefined : terms.reduce((sum, term) => ops.add(sum, term));

/** z = hW + b with its derivatives. The bias touches the value alone. */
export function affine<T>(ops: Ops<T>, jet: Jet<T>, W: T, b: T): Jet<T> {
  const through = (stream: T) => ops.gemm(stream, W);
  return {
    h: ops.add(ops.gemm(jet.h, W), b),
    first: jet.first.map(through),
    ...(jet.laplacian === undefined ? {} : { laplacian: through(jet.laplacian) }),
  };
}

/** A sine layer; `withLaplacian` where Δ is carried (the coordinates' own is zero and left out). */
export function sineLayer<T>(
  ops: Ops<T>,
  input: Jet<T>,
  W: T,
  b: T,
  withLaplacian: boolean,
): { jet: Jet<T>; trace: SineTrace<T> } {
  const z = affine(ops, input, W, b);
  const sin = ops.sin(z.h);
  const cos = ops.cos(z.h);
  const first = z.first.map((z_i) => ops.mul(cos, z_i));
  if (!withLaplacian) return { jet: { h: sin, first }, trace: { input, z, sin, cos } };
  const q = total(
    ops,
    z.first.map((z_i) => ops.mul(z_i, z_i)),
  )!;
  const bend = ops.mul(sin, q);
  const laplacian =
    z.laplacian === undefined ? ops.mul(ops.scalar(-1), bend) : ops.sub(ops.mul(cos, z.laplacian), bend);
  return { jet: { h: sin, first, laplacian }, trace: { input, z, sin, cos, q } };
}

/** a - b, where an absent stream is zero. */
function difference<T>(ops: Ops<T>, a: T | undefined, b: T | undefined): T | undefined {
  if (b === undefined) return a;
  return a === undefined ? ops.mul(ops.scalar(-1), b) : ops.sub(a, b);
}

/** z̄ of a sine layer from h̄'. */
export function sineLayerBack<T>(ops: Ops<T>, { z, sin, cos, q }: SineTrace<T>, bar: Adjoint<T>): Adjoint<T> {
  const { laplacian: barL } = bar;
  const first = z.first.map((z_i, i) => {
    const straight = bar.first[i] && ops.mul(cos, bar.first[i]);
    const bent = barL && ops.mul(ops.mul(ops.scalar(2), ops.mul(sin, z_i)), barL);
    return difference(ops, straight, bent);
  });
  const products = z.first.flatMap((z_i, i) => (bar.first[i] ? [ops.mul(z_i, bar.first[i])] : []));
  if (barL !== undefined && z.laplacian !== undefined) products.push(ops.mul(z.laplacian, barL));
  const sideways = total(ops, products);
  const upright = difference(ops, bar.h, barL && q && ops.mul(q, barL));
  return {
    h: difference(ops, upright && ops.mul(cos, upright), sideways && ops.mul(sin, sideways)),
    first,
    laplacian: barL && z.laplacian && ops.mul(cos, barL),
  };
}

/** Derivatives of the loss with respect to a jet's streams; undefined is zero. */
export interface Adjoint<T> {
  readonly h: T | undefined;
  readonly first: readonly (T | undefined)[];
  readonly laplacian: T | undefined;
}

/** h̄ = z̄Wᵀ, stream by stream. */
export function affineBack<T>(ops: Ops<T>, bar: Adjoint<T>, W: T): Adjoint<T> {
  const back = (stream: T) => ops.gemm(stream, W, undefined, { transB: true });
  return {
    h: bar.h && back(bar.h),
    first: bar.first.map((stream) => stream && back(stream)),
    laplacian: bar.laplacian && back(bar.laplacian),
  };
}

/** W̄ += Σ hᵀz̄ over streams, b̄ += Σ z̄ over rows. */
export function affineGradient<T>(
  ops: Ops<T>,
  input: Jet<T>,
  bar: Adjoint<T>,
  sum: AffineGradient<T> | undefined,
): AffineGradient<T> {
  let W = sum?.W;
  const collect = (h: T | undefined, z: T | undefined) => {
    if (h !== undefined && z !== undefined) W = ops.gemm(h, z, W, { transA: true });
  };
  collect(input.h, bar.h);
  input.first.forEach((h_i, i) => collect(h_i, bar.first[i]));
  collect(input.laplacian, bar.laplacian);
  const rows = bar.h && ops.sumRows(bar.h);
  const b = rows && sum?.b ? ops.add(sum.b, rows) : (rows ?? sum?.b);
  return { W: W!, b: b! };
}
