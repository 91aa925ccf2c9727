import type { DerivativeField, GuidanceField } from '../../../src-shared/model/field.ts';
import { interiorSpan } from '../../fields/laplacian.ts';
import { evaluateOn, everyRow } from './network.ts';
import type { Grid, GridValues, Network } from './network.ts';

/** One family of the field's samples: the grid they stand on, and which derivative of Φ they are compared with. */
interface Family {
  readonly grid: Grid;
  readonly of: 'dx' | 'dy' | 'laplacian';
  readonly values: Float64Array;
  /** The first column and row that carry samples. */
  readonly left: number;
  readonly top: number;
}

function familiesOf(field: DerivativeField): Family[] {
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

/** Points to a derivative picture beyond which only some of its rows are measured. */
const manyPoints = 2 ** 20;

/**
 * How many rows apart a derivative is measured: 1, so everywhere, up to 1024×1024 points. Beyond that a mean over a
 * million points says the same, and a large network would take longer to measure than to train.
 */
export function rowsApart(points: number): number {
  return Math.max(1, Math.ceil(points / manyPoints));
}

/**
 * The relative residual Σ|DΦ-g|²/Σ|g|² over the guidance field's samples of non-zero weight, each where it stands
 * (staggered differences between the pixels), D being Φ's analytic derivative: the gradient, or the Laplacian
 * without the border's samples. Of large fields every nth row, see `rowsApart`.
 *
 * `undefined` for a field that is zero everywhere.
 */
export async function relativeResidual(
  signal: AbortSignal,
  network: Network,
  { field, weight }: GuidanceField,
): Promise<number | undefined> {
  const { width, height, channels } = field;
  let difference = 0;
  let power = 0;
  for (const { grid, of, values, left, top } of familiesOf(field)) {
    const apart = rowsApart(grid.columns * grid.rows);
    const measured = everyRow(grid, apart);
    const { columns, rows } = measured;
    const found = await evaluateOn(signal, network, measured, of === 'laplacian' ? 2 : 1);
    const derivative = found[of satisfies keyof GridValues]!;
    for (let c = 0; c < channels; c++) {
      for (let j = 0; j < rows; j++) {
        for (let i = 0; i < columns; i++) {
          const pixel = (j * apart + top) * width + i + left;
          if (weight?.[pixel] === 0) continue;
          const g = values[c * width * height + pixel]!;
          difference += (derivative[(c * rows + j) * columns + i]! - g) ** 2;
          power += g * g;
        }
      }
    }
  }
  return power > 0 ? difference / power : undefined;
}
