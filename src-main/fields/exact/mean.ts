/** Takes the mean off a plane, in place. */
export function removeMean(plane: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < plane.length; i++) sum += plane[i]!;
  const mean = sum / plane.length;
  for (let i = 0; i < plane.length; i++) plane[i]! -= mean;
}
