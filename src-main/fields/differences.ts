/**
 * Writes (data[i + step] − data[i])·perUnit of `count` values from index `from` on into `out` from `to` on.
 *
 * A function of its own, a row at a time: long loops inside one call are compiled in its middle and thrown away at
 * its end, short ones called often are compiled once.
 */
export function differences(
  data: Float32Array,
  from: number,
  step: number,
  count: number,
  perUnit: number,
  out: Float64Array,
  to: number,
): void {
  for (let k = 0; k < count; k++) out[to + k] = (data[from + k + step]! - data[from + k]!) * perUnit;
}
