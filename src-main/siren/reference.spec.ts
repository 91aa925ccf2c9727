import { describe, expect, it } from 'vitest';

import { referenceJet, referenceLoss } from './reference.ts';
import { mixtures, smallParameters, smallSamples, smallSpec } from './testing.ts';

const lambda = { value: 0.7, directional: 1.3, laplacian: 0.02 };

describe('the float64 reference', () => {
  it.each([1, 3] as const)('agrees with finite differences of its own value, %i channels', (channels) => {
    const spec = smallSpec(channels);
    const parameters = smallParameters(spec, 7);
    const at = (x: number, y: number) => referenceJet(spec, parameters, [x, y]).value;
    const [x, y, e] = [0.31, -0.62, 1e-4];
    const jet = referenceJet(spec, parameters, [x, y]);
    for (let c = 0; c < channels; c++) {
      const [here, right, left] = [at(x, y)[c]!, at(x + e, y)[c]!, at(x - e, y)[c]!];
      const [down, up] = [at(x, y + e)[c]!, at(x, y - e)[c]!];
      expect(jet.dx[c]).toBeCloseTo((right - left) / (2 * e), 6);
      expect(jet.dy[c]).toBeCloseTo((down - up) / (2 * e), 6);
      expect(jet.laplacian[c]).toBeCloseTo((right + left + down + up - 4 * here) / e ** 2, 4);
    }
  });

  it.each(
    mixtures.flatMap((kinds) =>
      ([1, 3] as const).map((channels) => [kinds.join('+'), channels, kinds] as const),
    ),
  )(
    'has the gradient of the loss on %s samples with %i channels, by finite differences in every parameter',
    (_, channels, kinds) => {
      const spec = smallSpec(channels, 2);
      const parameters = smallParameters(spec, 3);
      const samples = smallSamples(channels, kinds, 2, 5);
      const { gradient } = referenceLoss(spec, parameters, samples, lambda);
      const e = 1e-5;
      for (const part of ['W', 'b'] as const) {
        parameters[part].forEach((row, k) =>
          row.forEach((_value, i) => {
            const nudged = (by: number) => ({
              ...parameters,
              [part]: parameters[part].map((r, l) => (l === k ? r.map((v, j) => (j === i ? v + by : v)) : r)),
            });
            const loss = (by: number) => referenceLoss(spec, nudged(by), samples, lambda).loss;
            const slope = (loss(e) - loss(-e)) / (2 * e);
            const tolerance = 1e-6 * Math.max(1, Math.abs(slope));
            expect(Math.abs(gradient[part][k]![i]! - slope)).toBeLessThan(tolerance);
          }),
        );
      }
    },
  );
});
