/** Largest difference between two lists, relative to the second's largest entry. */
export function relativeError(got: ArrayLike<number>, truth: ArrayLike<number>): number {
  let difference = 0;
  let scale = 1e-12;
  for (let i = 0; i < truth.length; i++) {
    difference = Math.max(difference, Math.abs(got[i]! - truth[i]!));
    scale = Math.max(scale, Math.abs(truth[i]!));
  }
  return got.length === truth.length ? difference / scale : Infinity;
}
