/**
 * The squared Euclidean distance, in pixels between centres, from each pixel to the nearest one that is `inside`;
 * Infinity where there is none. Exact.
 *
 * Felzenszwalb and Huttenlocher, Distance Transforms of Sampled Functions (2012): first along columns, then along
 * rows the lower envelope of parabolas.
 *
 * @param inside row-major
 */
export function squaredDistances(
  inside: (i: number) => boolean,
  width: number,
  height: number,
): Float64Array {
  const out = new Float64Array(width * height);
  for (let x = 0; x < width; x++) {
    let distance = Infinity;
    for (let y = 0, i = x; y < height; y++, i += width) {
      distance = inside(i) ? 0 : distance + 1;
      out[i] = distance;
    }
    for (let y = height - 2, i = (height - 2) * width + x; y >= 0; y--, i -= width) {
      out[i] = Math.min(out[i]!, out[i + width]! + 1);
    }
  }
  const column = new Float64Array(width);
  const peaks = new Int32Array(width);
  const from = new Float64Array(width + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) column[x] = out[y * width + x]! ** 2;
    envelope(column, peaks, from, out.subarray(y * width, (y + 1) * width));
  }
  return out;
}

/** out[x] = min over p of f[p] + (x − p)². `peaks` and `from` are room to work in. */
function envelope(f: Float64Array, peaks: Int32Array, from: Float64Array, out: Float64Array): void {
  let last = -1;
  for (let p = 0; p < f.length; p++) {
    if (f[p] === Infinity) continue;
    let start = -Infinity;
    for (; last >= 0; last--) {
      const q = peaks[last]!;
      start = (f[p]! + p * p - f[q]! - q * q) / (2 * (p - q));
      if (start > from[last]!) break;
      start = -Infinity;
    }
    last++;
    peaks[last] = p;
    from[last] = start;
  }
  if (last < 0) {
    out.fill(Infinity);
    return;
  }
  for (let x = 0, k = 0; x < f.length; x++) {
    while (k < last && from[k + 1]! <= x) k++;
    const p = peaks[k]!;
    out[x] = f[p]! + (x - p) ** 2;
  }
}
