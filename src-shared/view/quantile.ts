/**
 * The value below which a share (0…1) of the values lies, by Hoare's selection: the element of rank
 * round(share·(n-1)) in order. Takes time in proportion to n, unlike sorting. The values are reordered.
 *
 * `values` must not be empty and hold no NaN.
 */
export function quantileInPlace(values: Float64Array, share: number): number {
  const rank = Math.round(share * (values.length - 1));
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i] = values[j]!;
        values[j] = swapped;
        i++;
        j--;
      }
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank]!;
}
