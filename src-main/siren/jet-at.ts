import type { SirenSpec } from '../../src-shared/model/training.ts';
import { forward } from './loss-gradient.ts';
import { matrix, plainOps } from './plain-ops.ts';
import type { Matrix } from './plain-ops.ts';
import { layerShapes } from './spec.ts';
import type { Parameters } from './spec.ts';

/** Φ and its derivatives at points, [n, channels] each. */
export interface PointJets {
  readonly value: Float64Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly laplacian: Float64Array;
}

interface Network {
  readonly W: readonly Matrix[];
  readonly b: readonly Matrix[];
}

const networks = new WeakMap<Parameters, Network>();

/**
 * The network's jets in float64, by the forward pass that trains it: the exact numbers at a few points. For many
 * points an engine is faster.
 *
 * @param points [n, 2], domain coordinates
 */
export function jetsAt(spec: SirenSpec, parameters: Parameters, points: readonly number[]): PointJets {
  const n = points.length / 2;
  const rows = (x: number, y: number) =>
    matrix(
      n,
      2,
      Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? x : y)),
    );
  const input = { h: matrix(n, 2, points), first: [rows(1, 0), rows(0, 1)] };
  const { output } = forward(plainOps, networkOf(spec, parameters), input, true);
  const [dx, dy] = output.first as [Matrix, Matrix];
  return { value: output.h.data, dx: dx.data, dy: dy.data, laplacian: output.laplacian!.data };
}

function networkOf(spec: SirenSpec, parameters: Parameters): Network {
  const known = networks.get(parameters);
  if (known !== undefined) return known;
  const shapes = layerShapes(spec);
  const made = {
    W: shapes.map(({ inputs, outputs }, k) => matrix(inputs, outputs, parameters.W[k]!)),
    b: shapes.map(({ outputs }, k) => matrix(1, outputs, parameters.b[k]!)),
  };
  networks.set(parameters, made);
  return made;
}
