/**
 * The truth of the tests: value, jets, loss and every parameter's gradient in float64, by the plainest means.
 *
 * Reverse-mode differentiation of scalars on a tape (as in Karpathy's micrograd), so that nothing here shares the
 * hand-derived backward pass of jets.ts. Slow by design, and never used to train.
 */
import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { SampleKind } from './loss-gradient.ts';
import { layerShapes } from './spec.ts';

/** A number that remembers how it was made. */
class Scalar {
  gradient = 0;
  constructor(
    readonly value: number,
    readonly from: readonly (readonly [Scalar, number])[] = [],
  ) {}
}

const constant = (value: number) => new Scalar(value);
const add = (a: Scalar, b: Scalar) =>
  new Scalar(a.value + b.value, [
    [a, 1],
    [b, 1],
  ]);
const mul = (a: Scalar, b: Scalar) =>
  new Scalar(a.value * b.value, [
    [a, b.value],
    [b, a.value],
  ]);
const sin = (a: Scalar) => new Scalar(Math.sin(a.value), [[a, Math.cos(a.value)]]);
const cos = (a: Scalar) => new Scalar(Math.cos(a.value), [[a, -Math.sin(a.value)]]);
const minus = (a: Scalar, b: Scalar) => add(a, mul(constant(-1), b));

function backward(root: Scalar): void {
  const order: Scalar[] = [];
  const seen = new Set<Scalar>();
  const visit = (node: Scalar) => {
    if (seen.has(node)) return;
    seen.add(node);
    node.from.forEach(([parent]) => visit(parent));
    order.push(node);
  };
  visit(root);
  root.gradient = 1;
  for (const node of order.reverse()) {
    for (const [parent, local] of node.from) parent.gradient += local * node.gradient;
  }
}

/** Weights and biases in float64, laid out as Parameters. */
export interface ReferenceParameters {
  readonly W: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
}

/** The network at one point: per channel its value, dx, dy and Laplacian. */
export interface ReferenceJet {
  readonly value: number[];
  readonly dx: number[];
  readonly dy: number[];
  readonly laplacian: number[];
}

export interface ReferenceSample {
  readonly kind: SampleKind;
  readonly point: readonly [number, number];
  /** Used by `directional` alone. */
  readonly direction: readonly [number, number];
  readonly target: readonly number[];
  readonly weight: number;
}

type Unit = { h: Scalar; x: Scalar; y: Scalar; laplacian: Scalar };
type Leaves = { W: Scalar[][]; b: Scalar[][] };

const leaves = ({ W, b }: ReferenceParameters): Leaves => ({
  W: W.map((row) => row.map(constant)),
  b: b.map((row) => row.map(constant)),
});

function jetAt(spec: SirenSpec, { W, b }: Leaves, [x, y]: readonly [number, number]): Unit[] {
  const zero = constant(0);
  const one = constant(1);
  let units: Unit[] = [
    { h: constant(x), x: one, y: zero, laplacian: zero },
    { h: constant(y), x: zero, y: one, laplacian: zero },
  ];
  layerShapes(spec).forEach(({ outputs }, k) => {
    const through = (stream: keyof Unit, j: number, start: Scalar) =>
      units.reduce((sum, unit, i) => add(sum, mul(unit[stream], W[k]![i * outputs + j]!)), start);
    units = Array.from({ length: outputs }, (_, j): Unit => {
      const z = { h: through('h', j, b[k]![j]!), x: through('x', j, zero), y: through('y', j, zero) };
      const zL = through('laplacian', j, zero);
      if (k === spec.layers) return { ...z, laplacian: zL };
      const [s, c] = [sin(z.h), cos(z.h)];
      const q = add(mul(z.x, z.x), mul(z.y, z.y));
      return { h: s, x: mul(c, z.x), y: mul(c, z.y), laplacian: minus(mul(c, zL), mul(s, q)) };
    });
  });
  return units;
}

export function referenceJet(
  spec: SirenSpec,
  parameters: ReferenceParameters,
  point: readonly [number, number],
): ReferenceJet {
  const units = jetAt(spec, leaves(parameters), point);
  return {
    value: units.map(({ h }) => h.value),
    dx: units.map(({ x }) => x.value),
    dy: units.map(({ y }) => y.value),
    laplacian: units.map(({ laplacian }) => laplacian.value),
  };
}

/** Σ λ_kind · weight · |error|² and its gradient. */
export function referenceLoss(
  spec: SirenSpec,
  parameters: ReferenceParameters,
  samples: readonly ReferenceSample[],
  lambda: Readonly<Record<SampleKind, number>>,
): { loss: number; gradient: ReferenceParameters } {
  const tape = leaves(parameters);
  let loss = constant(0);
  for (const { kind, point, direction, target, weight } of samples) {
    jetAt(spec, tape, point).forEach((unit, c) => {
      const along = add(mul(constant(direction[0]), unit.x), mul(constant(direction[1]), unit.y));
      const asked = kind === 'value' ? unit.h : kind === 'directional' ? along : unit.laplacian;
      const error = minus(asked, constant(target[c]!));
      loss = add(loss, mul(constant(lambda[kind] * weight), mul(error, error)));
    });
  }
  backward(loss);
  const gradients = (rows: Scalar[][]) => rows.map((row) => row.map(({ gradient }) => gradient));
  return { loss: loss.value, gradient: { W: gradients(tape.W), b: gradients(tape.b) } };
}
