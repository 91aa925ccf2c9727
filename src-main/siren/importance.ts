/** How often the samples of a kind are drawn, and what each counts when it is. */
export interface Importance {
  /** In how many 255ths of the epochs a sample is drawn, at least 1. */
  readonly shares: Uint8Array;
  /** What sample `index` counts when it is drawn: in the mean over all epochs what it weighs. */
  counts(index: number): number;
}

/** A sample of little weight is drawn in this share of the epochs at least. */
const LEAST_SHARE = 1 / 16;

/**
 * A sample of weight below 1 is drawn in so large a share of the epochs and then counts in full, which comes to the
 * same on average, and costs no more than it is worth. One that is drawn less densely than others counts the more.
 *
 * @param weights of each sample, at least 0; all 1 where absent
 * @param density of each sample, in (0, 1]; all 1 where absent
 */
export function importanceOf(weights?: Float32Array, density?: Float32Array): Importance | undefined {
  const given = weights ?? density;
  if (given === undefined) return undefined;
  const shares = new Uint8Array(given.length);
  // What a term is relative to, the mean weight of what is drawn, stays what it is where all are drawn as densely.
  let [drawn, ofWeight] = [0, 0];
  for (let i = 0; i < shares.length; i++) {
    const share = weights ? Math.min(1, Math.max(LEAST_SHARE, weights[i]!)) : 1;
    shares[i] = Math.max(1, Math.round(255 * share * (density?.[i] ?? 1)));
    ofWeight += share;
    drawn += shares[i]!;
  }
  const common = drawn / ofWeight;
  return { shares, counts: (index) => ((weights?.[index] ?? 1) / shares[index]!) * common };
}
