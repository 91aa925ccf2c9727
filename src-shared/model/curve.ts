/** More points than these no chart can show; half of them are left out then. */
const mostPoints = 8192;

/** A curve of bounded length: beyond `most` points every second point is left out, the last one kept. */
export function thinned<T>(curve: T[], most = mostPoints): T[] {
  if (curve.length <= most) return curve;
  return curve.filter((_, i) => (curve.length - 1 - i) % 2 === 0);
}
