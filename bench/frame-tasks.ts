/** An event of Chromium's trace, as far as it is needed here; times in µs. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, what the thread had a processor for. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What to trace for `frameTasks`. */
export const tracedCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** The same trace as if the thread had had a processor whenever it had work: what other programs take is left out. */
export function withoutWaiting(trace: readonly TraceEvent[]): TraceEvent[] {
  return trace.map((event) => (event.tdur === undefined ? event : { ...event, dur: event.tdur }));
}

/**
 * For each frame that the busiest page drew: how long its main thread was at work from that frame's beginning to the
 * next one's, ms. A task that runs into another frame counts in each for its part.
 */
export function frameTasks(trace: readonly TraceEvent[]): number[] {
  const threads = trace.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const of = (thread: TraceEvent, wanted: string) =>
    trace
      .filter(({ name, pid, tid }) => name === wanted && pid === thread.pid && tid === thread.tid)
      .toSorted((a, b) => a.ts - b.ts);
  const pages = threads.map((thread) => ({ thread, frames: of(thread, 'FireAnimationFrame') }));
  const page = pages.toSorted((a, b) => b.frames.length - a.frames.length)[0];
  if (page === undefined) return [];
  // Callbacks of one frame begin within it.
  const begins = page.frames.map(({ ts }) => ts).filter((ts, i, all) => i === 0 || ts - all[i - 1]! > 2000);
  const tasks = of(page.thread, 'RunTask');
  return begins.slice(1).map((end, i) => {
    const begin = begins[i]!;
    const shares = tasks.map(({ ts, dur = 0 }) => Math.max(Math.min(ts + dur, end) - Math.max(ts, begin), 0));
    return shares.reduce((sum, share) => sum + share, 0) / 1000;
  });
}

/** The value that `share` (0…1) of them are at most. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
}
