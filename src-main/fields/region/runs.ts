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
    const last = first + width;
    for (let i = first; i < last;) {
      const here = Math.min(kind[i]!, 0);
      const stop = endOfRun(kind, i, last, here);
      if (here !== ABSENT) {
        start.push(i);
        end.push(stop);
        tag.push(here === REGULAR ? REGULAR : kind[i]!);
      }
      i = stop;
    }
    rowFirst[y + 1] = start.length;
  }
  return { rowFirst, start: Int32Array.from(start), end: Int32Array.from(end), tag: Int32Array.from(tag) };
}

/** The first index from `i` on whose cell is of another sort than `sort` (every slot is 0), `last` where none is. */
function endOfRun(kind: Int32Array, i: number, last: number, sort: number): number {
  while (i < last && Math.min(kind[i]!, 0) === sort) i++;
  return i;
}
