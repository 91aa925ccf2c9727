import { interiorSpan, type DerivativeField } from '../../../../src-shared/model/field.ts';
import type { Grid } from '../network.ts';

/** One family of a field's samples: the grid they stand on, and which derivative of Φ they are compared with. */
export interface SampleFamily {
  readonly grid: Grid;
  readonly of: 'dx' | 'dy' | 'laplacian';
  /** Planar [channels, height, width] of the field. */
  readonly values: Float64Array;
  /** The first column and row that carry samples. */
  readonly left: number;
  readonly top: number;
}

/** dx and dy of a gradient field, or the Laplacian of the other kind without the border's samples. */
export function sampleFamilies(field: DerivativeField): SampleFamily[] {
  const { width, height } = field;
  if (field.kind === 'laplacian') {
    const spectral = field.operator === 'spectral';
    const [left, right] = spectral ? [0, width] : interiorSpan(width, height);
    const [top, bottom] = spectral ? [0, height] : interiorSpan(height, width);
    const grid = {
      columns: right - left,
      rows: bottom - top,
      x: (i: number) => i + left,
      y: (j: number) => j + top,
    };
    return [{ grid, of: 'laplacian', values: field.laplacian, left, top }];
  }
  const half = field.operator === 'staggered' ? 0.5 : 0;
  const short = 2 * half;
  return [
    {
      grid: { columns: width - short, rows: height, x: (i) => i + half, y: (j) => j },
      of: 'dx',
      values: field.dx,
      left: 0,
      top: 0,
    },
    {
      grid: { columns: width, rows: height - short, x: (i) => i, y: (j) => j + half },
      of: 'dy',
      values: field.dy,
      left: 0,
      top: 0,
    },
  ];
}
