/**
 * Does something once this process has lived through so many seconds; the returned function calls it off.
 *
 * They are counted one by one: a machine that slept, or a process that stood still, counts as one of them at most.
 */
export function afterLived(seconds: number, deed: () => void): () => void {
  let lived = 0;
  const timer = setInterval(() => {
    if (++lived < seconds) return;
    clearInterval(timer);
    deed();
  }, 1000);
  return () => clearInterval(timer);
}
