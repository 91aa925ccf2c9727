/** Takes the mean off a plane, in place. */
export function removeMean(plane: Float64Array): void {
  let sum = 0;
  for (let from = 0; from < plane.length; from += BLOCK) sum += sumOf(plane.subarray(from, from + BLOCK));
  const mean = sum / plane.length;
  for (let from = 0; from < plane.length; from += BLOCK) lower(plane.subarray(from, from + BLOCK), mean);
}

/** Values a call: short loops called often are compiled once and for all. */
const BLOCK = 4096;

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

function lower(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i]! -= by;
}
