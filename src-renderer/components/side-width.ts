/** CSS pixels of a side panel: what its fields need at least, and beyond which they gain nothing. */
const side = { least: 282, most: 440 };
/** Shares of the window: what a side panel takes of itself, and what it may take. */
const share = { usual: 0.24, most: 0.45 };

/** The widths that a side panel may have, CSS pixels. */
export function sideRange(windowWidth: number): { readonly min: number; readonly max: number } {
  const max = Math.round(Math.max(share.most * windowWidth, 1));
  return { min: Math.min(side.least, max), max };
}

/**
 * How wide a side panel is, CSS pixels: as the user has set it, as far as there is room; else about a quarter of the
 * window, but on a large screen no wider than its fields can use.
 */
export function sideWidth(set: number | null, windowWidth: number): number {
  const { min, max } = sideRange(windowWidth);
  const wanted = set ?? Math.min(share.usual * windowWidth, side.most);
  return Math.round(Math.min(Math.max(wanted, min), max));
}
