import { figure } from './floor.ts';

/** y ≈ factor·x^exponent, by least squares on the logarithms. Takes at least two points, all above 0. */
export function powerLaw(points: readonly { readonly x: number; readonly y: number }[]): {
  readonly exponent: number;
  readonly factor: number;
} {
  const logs = points.map(({ x, y }) => ({ u: Math.log(x), v: Math.log(y) }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [u, v] = [mean(logs.map((p) => p.u)), mean(logs.map((p) => p.v))];
  const covariance = mean(logs.map((p) => (p.u - u) * (p.v - v)));
  const exponent = covariance / mean(logs.map((p) => (p.u - u) ** 2));
  return { exponent, factor: Math.exp(v - exponent * u) };
}

/** A curve's point: what was reached after so many seconds. */
export interface Reached {
  readonly seconds: number;
  readonly decibels: number;
}

/**
 * Seconds after which a curve reaches `wanted`, straight between its points over the logarithm of time; `first` where
 * its first point is there already (it may have been sooner), `undefined` where it never is.
 */
export function timeTo(
  wanted: number,
  curve: readonly Reached[],
): { seconds: number; first: boolean } | undefined {
  const next = curve.findIndex(({ decibels }) => decibels >= wanted);
  const after = curve[next];
  if (after === undefined) return undefined;
  const before = curve[next - 1];
  if (before === undefined) return { seconds: after.seconds, first: true };
  const share = (wanted - before.decibels) / (after.decibels - before.decibels);
  return { seconds: before.seconds * (after.seconds / before.seconds) ** share, first: false };
}

/** As `timeTo`, as a table has it. */
export function timeText(wanted: number, curve: readonly Reached[]): string {
  const time = timeTo(wanted, curve);
  return time === undefined ? '–' : `${time.first ? '≤ ' : ''}${figure(time.seconds)}`;
}
