import { ABSENT, REGULAR, type Stencils } from './stencils.ts';

/**
 * Stretches of neighbouring unknowns of a level, row by row: either all regular or all with stencils of their own.
 *
 * Run r covers the padded indices start[r] … end[r]−1; row y has the runs rowFirst[y] … rowFirst[y+1]−1. `tag[r]` is
 * REGULAR, or the slot of the run's first cell, those of the next ones following it.
 */
export interface Runs {
  readonly rowFirst: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly tag: Int32Array;
}

export function findRuns({ width, height, stride, kind }: Stencils): Runs {
  const rowFirst = new Int32Array(height + 1);
  const start: number[] = [];
  const end: number[] = [];
  const tag: number[] = [];
  for (let y = 0; y < height; y++) {
    const first = (y + 1) * stride + 1;
    let current = ABSENT;
    for (let i = first; i < first + width; i++) {
      const here = Math.min(kind[i]!, 0);
      if (here === current) continue;
      if (current !== ABSENT) end.push(i);
      if (here !== ABSENT) {
        start.push(i);
        tag.push(here === REGULAR ? REGULAR : kind[i]!);
      }
      current = here;
    }
    if (current !== ABSENT) end.push(first + width);
    rowFirst[y + 1] = start.length;
  }
  return { rowFirst, start: Int32Array.from(start), end: Int32Array.from(end), tag: Int32Array.from(tag) };
}
