import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import { coordinateOf } from '../../../../src-shared/model/coordinates.ts';
import type { Probed, ProbedSample } from '../../../../src-shared/model/inspection.ts';
import type { Point } from '../../../../src-shared/model/point.ts';
import { jetsAt } from '../../../siren/jet-at.ts';
import { sampleFamilies } from '../measures/field-samples.ts';
import type { Grid } from '../network.ts';
import type { Subject, Trained } from '../subject.ts';

/** The place of a grid's sample nearest to a position along one side, and its index. */
function nearest(count: number, place: (i: number) => number, position: number): number {
  // Places are one pixel apart.
  return Math.min(Math.max(Math.round(position - place(0)), 0), count - 1);
}

/**
 * What supervision and network have at a point. The network's numbers are jets in float64 at the very point, and at
 * the very places of the supervision's nearest samples. Throws `not-allowed` while nothing is known.
 *
 * @param point pixel position, (0, 0) the first pixel's centre
 */
export function probe({ problem, exact, trained }: Subject, { x, y }: Point): Probed {
  if (problem === undefined) throw new SeamfieldError('not-allowed', 'This job has no field to be probed.');
  const { width, height, reference, guidance } = problem;
  const { channels } = reference;
  const domain = (p: Point) => ({
    x: coordinateOf(p.x, width, problem),
    y: coordinateOf(p.y, height, problem),
  });
  const samples = sampleFamilies(guidance.field)
    .filter(({ grid }) => grid.columns > 0 && grid.rows > 0)
    .map(({ grid, of, values, left, top }) => {
      const place = placeOn(grid, { x, y });
      const at = (place.row + top) * width + place.column + left;
      const value = Array.from({ length: channels }, (_, c) => values[c * width * height + at]!);
      return { of, x: place.x, y: place.y, value };
    });
  const pixel = nearest(height, (j) => j, y) * width + nearest(width, (i) => i, x);
  const pixelOf = (data: ArrayLike<number>) =>
    Array.from({ length: channels }, (_, c) => data[c * width * height + pixel]!);
  const found = trained && jets(trained, [domain({ x, y }), ...samples.map(domain)], channels);
  return {
    x,
    y,
    domain: domain({ x, y }),
    ...(found && { network: found[0]! }),
    supervision: samples.map((sample, k): ProbedSample => ({
      ...sample,
      ...(found && { network: found[k + 1]![sample.of] }),
    })),
    photograph: pixelOf(reference.data),
    ...(exact && { exact: pixelOf(exact) }),
  };
}

function placeOn(grid: Grid, { x, y }: Point): Point & { column: number; row: number } {
  const column = nearest(grid.columns, (i) => grid.x(i), x);
  const row = nearest(grid.rows, (j) => grid.y(j), y);
  return { column, row, x: grid.x(column), y: grid.y(row) };
}

/** The jets at points, one by one. */
function jets(
  { spec, parameters }: Trained,
  points: readonly Point[],
  channels: number,
): NonNullable<Probed['network']>[] {
  const all = jetsAt(
    spec,
    parameters,
    points.flatMap(({ x, y }) => [x, y]),
  );
  const row = (values: Float64Array, k: number) => [...values.subarray(k * channels, (k + 1) * channels)];
  return points.map((_, k) => ({
    value: row(all.value, k),
    dx: row(all.dx, k),
    dy: row(all.dy, k),
    laplacian: row(all.laplacian, k),
  }));
}
