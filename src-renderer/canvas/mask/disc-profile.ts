/** How a brush's dab covers what lies so far from its middle. */
export interface DiscProfile {
  /** From this distance on nothing is covered. Pixels. */
  readonly outer: number;
  /** Up to this distance everything is covered. Below 0 where nothing is. */
  readonly inner: number;
  /** 0…255 by the squared distance from the middle. */
  readonly coverageAt: (squared: number) => number;
}

/** Whole up to `hardness` of the radius, 0…1, then smoothly down to nothing at the radius. */
export function discProfile(radius: number, hardness: number): DiscProfile {
  const core = radius * Math.min(Math.max(hardness, 0), 1);
  // A hard edge is still one pixel wide, so that it is not jagged.
  const inner = Math.min(core, radius - 0.5);
  const outer = Math.max(radius, inner + 1);
  const width = outer - inner;
  const isSmooth = width > 1.5;
  const coverageAt = (squared: number) => {
    const t = Math.min(Math.max((outer - Math.sqrt(squared)) / width, 0), 1);
    return Math.round(255 * (isSmooth ? t * t * (3 - 2 * t) : t));
  };
  return { outer, inner, coverageAt };
}

/**
 * The same as a table by the squared distance, for a dab has more pixels than there are distances to tell apart.
 *
 * `shareOf255` scales it: 1 covers wholly.
 */
export function discTable(radius: number, hardness: number, shareOf255: number): DiscProfile {
  const { outer, inner, coverageAt } = discProfile(radius, hardness);
  // Eight entries for a pixel at the rim, where the squared distance changes by 2·outer a pixel.
  const entries = Math.min(Math.max(Math.ceil(outer * 4 * 8), 256), 65_536);
  const step = (outer * outer) / entries;
  const table = Uint8Array.from({ length: entries + 1 }, (_, i) =>
    Math.round(shareOf255 * coverageAt((i + 0.5) * step)),
  );
  table[entries] = 0;
  return {
    outer,
    inner,
    coverageAt: (squared) => table[Math.min(Math.floor(squared / step), entries)]!,
  };
}
