/**
 * How much a piece of work gets done per second of wall-clock time: run once to warm up, then again and again until
 * the time is over.
 *
 * @param work returns how much it did
 */
export async function perSecond(
  seconds: number,
  work: () => Promise<number>,
  now: () => number = () => performance.now() / 1000,
): Promise<number> {
  await work();
  const begun = now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < seconds || done === 0) {
    done += await work();
    elapsed = now() - begun;
  }
  return done / elapsed;
}
