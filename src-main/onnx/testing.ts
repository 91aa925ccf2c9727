import type { SirenSpec } from '../../src-shared/model/training.ts';
import { initialise } from '../siren/initialise.ts';
import { rescaled } from '../siren/model.ts';
import type { SirenModel } from '../siren/model.ts';
import { Random } from '../siren/random.ts';

/** An untrained network of a given shape, for specs: every weight and bias seeded and none of them zero. */
export function seededModel(spec: SirenSpec, seed: number): SirenModel {
  const random = new Random(seed + 1);
  const constant = Array.from({ length: spec.channels }, () => random.uniform(0.25, 0.75));
  return {
    spec,
    parameters: rescaled(initialise(spec, seed), 0.5, constant),
    size: { width: 48, height: 32 },
    operator: 'staggered',
    supervision: 'gradient',
    encoding: 'srgb',
    constant,
  };
}
