import { untrack } from 'svelte';

/**
 * A text that is read: what changes faster than anybody reads is shown at its latest every so often, and the last of it
 * always. For each change the browser paints the page anew. Call while a component is being set up.
 *
 * @param ms the least time between two changes of what is shown
 */
export function steady<T>(value: () => T, ms: number): () => T {
  let shown = $state.raw(untrack(value));
  let changedAt = -Infinity;
  $effect.pre(() => {
    const next = value();
    const show = () => {
      if (untrack(() => shown) !== next) changedAt = performance.now();
      shown = next;
    };
    const left = changedAt + ms - performance.now();
    if (left <= 0) return show();
    const timer = setTimeout(show, left);
    return () => clearTimeout(timer);
  });
  return () => shown;
}
