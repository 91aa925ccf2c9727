import { describe, expect, it } from 'vitest';

import { directionsOf, lossGradient } from './loss-gradient.ts';
import type { Chunk } from './loss-gradient.ts';
import { matrix, plainOps } from './plain-ops.ts';
import type { Matrix } from './plain-ops.ts';
import { referenceLoss } from './reference.ts';
import type { ReferenceSample } from './reference.ts';
import { layerShapes } from './spec.ts';
import { mixtures, relativeError, smallParameters, smallSamples, smallSpec } from './testing.ts';

const lambda = { value: 0.7, directional: 1.3, laplacian: 0.02 };

function chunkOf(samples: readonly ReferenceSample[], channels: number): Chunk<Matrix> {
  const n = samples.length;
  const { kind } = samples[0]!;
  const constantDirection = (x: number, y: number) =>
    matrix(
      n,
      2,
      samples.flatMap(() => [x, y]),
    );
  const directions = {
    0: [],
    1: [
      matrix(
        n,
        2,
        samples.flatMap(({ direction }) => [...direction]),
      ),
    ],
    2: [constantDirection(1, 0), constantDirection(0, 1)],
  };
  return {
    kind,
    points: matrix(
      n,
      2,
      samples.flatMap(({ point }) => [...point]),
    ),
    directions: directions[directionsOf[kind]],
    target: matrix(
      n,
      channels,
      samples.flatMap(({ target }) => [...target]),
    ),
    weight: matrix(
      n,
      1,
      samples.map(({ weight }) => weight),
    ),
  };
}

describe('the hand-derived backward pass', () => {
  it.each(
    mixtures.flatMap((kinds) =>
      ([1, 3] as const).map((channels) => [kinds.join('+'), channels, kinds] as const),
    ),
  )('equals the reference on %s samples with %i channels, in two chunks', (_, channels, kinds) => {
    const spec = smallSpec(channels);
    const parameters = smallParameters(spec, 11);
    const samples = smallSamples(channels, kinds, 4, 13);
    const truth = referenceLoss(spec, parameters, samples, lambda);
    const shapes = layerShapes(spec);
    const network = {
      W: shapes.map(({ inputs, outputs }, k) => matrix(inputs, outputs, parameters.W[k]!)),
      b: shapes.map(({ outputs }, k) => matrix(1, outputs, parameters.b[k]!)),
    };
    const weights = {
      value: plainOps.scalar(lambda.value),
      directional: plainOps.scalar(lambda.directional),
      laplacian: plainOps.scalar(lambda.laplacian),
    };
    const chunks = kinds.flatMap((kind) => {
      const mine = samples.filter((sample) => sample.kind === kind);
      return [mine.slice(0, 1), mine.slice(1)].map((part) => chunkOf(part, channels));
    });
    const { layers, terms } = lossGradient(plainOps, network, chunks, weights);
    const loss = kinds.reduce((sum, kind) => sum + lambda[kind] * terms[kind]!.data[0]!, 0);
    expect(loss).toBeCloseTo(truth.loss, 12);
    layers.forEach(({ W, b }, k) => {
      expect(relativeError(W.data, truth.gradient.W[k]!)).toBeLessThan(1e-12);
      const bias = b?.data ?? new Float64Array(truth.gradient.b[k]!.length);
      expect(relativeError(bias, truth.gradient.b[k]!)).toBeLessThan(1e-12);
    });
  });
});
