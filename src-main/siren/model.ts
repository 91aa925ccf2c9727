import type { Operator, Supervision } from '../../src-shared/model/field.ts';
import type { ColorEncoding, Size } from '../../src-shared/model/image.ts';
import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Parameters } from './spec.ts';

/**
 * A trained network that stands alone: in image values, its free constant folded into the last bias.
 *
 * Φ at the domain coordinate of a pixel's centre is that pixel's value, in `encoding`, nominally 0…1.
 */
export interface SirenModel {
  readonly spec: SirenSpec;
  readonly parameters: Parameters;
  /** The grid it was trained on: what its domain's [-1, 1] spans, and the size it renders to by default. */
  readonly size: Size;
  readonly operator: Operator;
  readonly supervision: Supervision;
  readonly encoding: ColorEncoding;
  /** What was added to each channel of the integrated image. */
  readonly constant: readonly number[];
}

/** Parameters of gain·Φ + constant: the network's output is linear in its last layer. */
export function rescaled(parameters: Parameters, gain: number, constant: readonly number[]): Parameters {
  const last = parameters.W.length - 1;
  return {
    W: parameters.W.map((w, k) => (k === last ? w.map((v) => v * gain) : w.slice())),
    b: parameters.b.map((b, k) => (k === last ? b.map((v, c) => v * gain + (constant[c] ?? 0)) : b.slice())),
  };
}
