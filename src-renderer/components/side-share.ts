/** CSS pixels of a side panel: what its fields need at least, and beyond which they gain nothing. */
const side = { least: 282, usual: 0.24, most: 440 };

/**
 * How wide a side panel is, in per cent of the window: about a quarter, but on a large screen no wider than its
 * fields can use.
 */
export function sideShare(windowWidth: number): { readonly min: number; readonly start: number } {
  const percent = (pixels: number) => Math.min((100 * pixels) / Math.max(windowWidth, 1), 40);
  const start = percent(Math.min(Math.max(side.usual * windowWidth, side.least), side.most));
  return { min: Math.min(percent(side.least), start), start };
}
