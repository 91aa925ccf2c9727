import * as v from 'valibot';
import { engines, products } from '../model/training.ts';
import { count, real } from './primitives.ts';
import { provider } from './training-schemas.ts';

export const progress = v.object({
  step: count,
  fraction: real(0, 1),
  loss: v.number(),
  learningRate: v.number(),
  stepsPerSecond: v.number(),
  secondsElapsed: v.number(),
  secondsLeft: v.number(),
});

/** The schema of model/training.ts's CurvePoint. */
export const lossPoint = v.object({
  step: count,
  seconds: v.number(),
  loss: v.number(),
  learningRate: v.exactOptional(v.number()),
  psnr: v.exactOptional(v.number()),
  exactPsnr: v.exactOptional(v.number()),
});

/** The schema of model/metrics.ts. */
export const metrics = v.object({
  psnr: v.exactOptional(v.number()),
  exactPsnr: v.exactOptional(v.number()),
  gradientPsnr: v.exactOptional(v.number()),
  laplacianPsnr: v.exactOptional(v.number()),
  residual: v.exactOptional(v.number()),
  maxOutsideDifference: v.exactOptional(v.number()),
  seconds: v.exactOptional(v.number()),
  steps: v.exactOptional(v.number()),
  stepsPerSecond: v.exactOptional(v.number()),
  gflops: v.exactOptional(v.number()),
  products: v.exactOptional(v.picklist(products)),
  loss: v.exactOptional(v.number()),
  lossCurve: v.exactOptional(v.array(lossPoint)),
  width: v.exactOptional(v.number()),
  height: v.exactOptional(v.number()),
  parameters: v.exactOptional(v.number()),
  engine: v.exactOptional(v.picklist(engines)),
  provider: v.exactOptional(provider),
  machine: v.exactOptional(v.string()),
  seed: v.exactOptional(v.number()),
  outputs: v.exactOptional(v.array(v.string())),
});
