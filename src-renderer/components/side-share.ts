/** CSS pixels of a side panel: what its fields need at least, and beyond which they gain nothing. */
const side = { least: 282, usual: 0.24, most: 440 };
/** Per cent of the window that a side panel may take. */
const most = 45;

/**
 * How wide a side panel is, in per cent of the window: about a quarter, but on a large screen no wider than its
 * fields can use.
 */
export function sideShare(windowWidth: number): {
  readonly min: number;
  readonly start: number;
  readonly max: number;
} {
  const percent = (pixels: number) => Math.min((100 * pixels) / Math.max(windowWidth, 1), 40);
  const start = percent(Math.min(Math.max(side.usual * windowWidth, side.least), side.most));
  return { min: Math.min(percent(side.least), start), start, max: most };
}

/** A side panel of so many CSS pixels in per cent of a window, as far as there is room for it. */
export function keptShare(pixels: number, windowWidth: number): number {
  const { min, max } = sideShare(windowWidth);
  return Math.min(Math.max((100 * pixels) / Math.max(windowWidth, 1), min), max);
}
