import type { GuidanceField } from '../../../../src-shared/model/field.ts';
import type { MeasuredView } from '../../../../src-shared/model/view.ts';
import type { RawView } from '../../answers.ts';
import { sampleFamilies } from '../measures/field-samples.ts';
import { evaluateOn, everyRow } from '../network.ts';
import type { GridValues, Network } from '../network.ts';

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
  for (const { grid, of, values, left, top } of sampleFamilies(field)) {
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

/**
 * DΦ − g, each sample at the pixel it belongs to; 0 where the field has none. `undefined` for a derivative that does
 * not supervise.
 */
export async function residualView(
  signal: AbortSignal,
  network: Network,
  { field }: GuidanceField,
  view: MeasuredView,
): Promise<RawView | undefined> {
  const family = sampleFamilies(field).find(({ of }) => of === view);
  if (family === undefined) return undefined;
  const { width, height, channels } = field;
  const { grid, of, values, left, top } = family;
  const { columns, rows } = grid;
  const derivative = (await evaluateOn(signal, network, grid, of === 'laplacian' ? 2 : 1))[of]!;
  const data = new Float32Array(channels * width * height);
  for (let c = 0; c < channels; c++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const at = (c * height + j + top) * width + i + left;
        data[at] = derivative[(c * rows + j) * columns + i]! - values[at]!;
      }
    }
  }
  return { width, height, channels, data };
}

/** The guidance field's own samples, as `residualView` places them. */
export function guidanceView({ field }: GuidanceField, view: MeasuredView): RawView | undefined {
  const family = sampleFamilies(field).find(({ of }) => of === view);
  if (family === undefined) return undefined;
  const { width, height, channels } = field;
  return { width, height, channels, data: Float32Array.from(family.values) };
}
