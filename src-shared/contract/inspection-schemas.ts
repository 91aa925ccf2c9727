import * as v from 'valibot';
import { count, real } from './primitives.ts';

/** A pixel position, also between pixels and a little outside. */
export const position = real(-1e6, 1e6);
const point = { x: v.number(), y: v.number() };
const channelValues = v.array(v.number());

/** The schema of model/inspection.ts's Probed. */
export const probed = v.object({
  ...point,
  domain: v.object(point),
  network: v.exactOptional(
    v.object({ value: channelValues, dx: channelValues, dy: channelValues, laplacian: channelValues }),
  ),
  supervision: v.array(
    v.object({
      ...point,
      of: v.picklist(['dx', 'dy', 'laplacian']),
      value: channelValues,
      network: v.exactOptional(channelValues),
    }),
  ),
  photograph: channelValues,
  exact: v.exactOptional(channelValues),
});

/** The schema of model/inspection.ts's SeamMismatch. */
export const seamMismatch = v.object({
  edges: v.array(
    v.object({ x1: v.number(), y1: v.number(), x2: v.number(), y2: v.number(), mismatch: v.number() }),
  ),
  rms: v.number(),
  spread: v.number(),
  mean: channelValues,
});

/** The schema of model/inspection.ts's ModelCheck. */
export const modelCheck = v.object({
  card: v.record(v.string(), v.string()),
  bytes: count,
  parameters: count,
  points: count,
  differences: v.object({ rgb: v.number(), dx: v.number(), dy: v.number(), laplacian: v.number() }),
  agrees: v.boolean(),
});
