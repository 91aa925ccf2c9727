import * as v from 'valibot';
import { operators, supervisions } from '../model/field.ts';
import { losses, providers } from '../model/training.ts';
import { composition } from './composition-schemas.ts';
import { limits } from './limits.ts';
import { handle, real, whole } from './primitives.ts';

export const budget = v.union([
  v.strictObject({ seconds: real(...limits.seconds) }),
  v.strictObject({ steps: whole(...limits.steps) }),
]);

export const provider = v.picklist(providers);

/** What every kind of training lets the user choose. Absent means the program's default, chosen by the host. */
const training = {
  /**
   * Pixels along the longer side of what the network sees; a smaller photograph is not enlarged. Of a clone: of its
   * region with some target around it; absent, all its pixels.
   */
  size: v.exactOptional(whole(...limits.size)),
  operator: v.exactOptional(v.picklist(operators)),
  loss: v.exactOptional(v.picklist(losses)),
  budget,
  hidden: v.exactOptional(whole(...limits.hidden)),
  layers: v.exactOptional(whole(...limits.layers)),
  omega: v.exactOptional(real(...limits.omega)),
  seed: v.exactOptional(whole(...limits.seed)),
  threads: v.exactOptional(whole(...limits.threads)),
  /** Absent: the fastest at this job of those found on this machine. */
  provider: v.exactOptional(provider),
  encoding: v.exactOptional(v.picklist(['srgb', 'linear'])),
};

const reconstructRequest = v.strictObject({
  kind: v.literal('reconstruct'),
  imageId: handle,
  from: v.picklist(supervisions),
  ...training,
});

/** Whole-frame fusion of two images' gradients: α·A + (1-α)·B, in A's frame. */
const fuseRequest = v.strictObject({
  kind: v.literal('fuse'),
  imageA: handle,
  imageB: handle,
  alpha: real(0, 1),
  ...training,
});

/** `layers` of a training are the network's; a composition's are its own. */
const cloneRequest = v.strictObject({ kind: v.literal('clone'), composition, ...training });

export const jobRequest = v.variant('kind', [reconstructRequest, fuseRequest, cloneRequest]);
export type JobRequest = v.InferOutput<typeof jobRequest>;
