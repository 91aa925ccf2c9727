import * as v from 'valibot';
import { placement } from './composition-schemas.ts';
import { errorEnvelope } from './error-schemas.ts';
import { bufferDescriptor, pixelSize } from './image-schemas.ts';
import { lossPoint, metrics, progress } from './metrics-schemas.ts';
import { count, handle, real } from './primitives.ts';
import { budget, jobRequest } from './training-schemas.ts';

/**
 * - `queued`: waits for its turn, to begin or to go on.
 * - `preparing`: decoding, taking derivatives, solving exactly, starting the process.
 * - `training`, `paused`: as they say; the budget's clock stands still while paused.
 * - `finished`: ran its budget or was stopped; the best network is kept and can be viewed and exported.
 * - `failed`: `error` says why; where `kept`, the best network so far can be viewed, exported and gone on from.
 * - `cancelled`: nothing is kept.
 */
const jobStates = ['queued', 'preparing', 'training', 'paused', 'finished', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

export const jobSummary = v.object({
  jobId: handle,
  request: jobRequest,
  state: v.picklist(jobStates),
  /** Size of what the network sees; absent while preparing. */
  width: v.exactOptional(v.number()),
  height: v.exactOptional(v.number()),
  /** Where those pixels lie on a clone's target, and how many of its own they cover: as many, or more. */
  at: v.exactOptional(placement),
  full: v.exactOptional(pixelSize),
  progress: v.exactOptional(progress),
  metrics: v.exactOptional(metrics),
  error: v.exactOptional(errorEnvelope),
  /** While `queued`: 1 is next. */
  position: v.exactOptional(count),
  /** All of the training is on disk as it was some seconds ago at most, or as it ended. */
  kept: v.exactOptional(v.boolean()),
  /** Nothing has been heard of its process for suspiciously long. */
  silent: v.exactOptional(v.boolean()),
  /** How often it was trained further, and the latest time's budget. */
  further: v.exactOptional(v.object({ leg: count, budget })),
});
export type JobSummary = v.InferOutput<typeof jobSummary>;

/** A job with all of its loss curve so far: what a page needs that was (re)loaded in mid-training. */
export const jobDetail = v.object({
  ...jobSummary.entries,
  curve: v.array(lossPoint),
  /** While it runs: the latest, as `job:preview` tells of it. */
  preview: v.exactOptional(v.object({ step: v.number(), ...bufferDescriptor.entries })),
});
export type JobDetail = v.InferOutput<typeof jobDetail>;

/** A training that was under way, or had just ended, when its host last ended. */
export const recoverable = v.object({
  jobId: handle,
  kind: v.picklist(['reconstruct', 'fuse', 'clone']),
  /** Of the photograph. */
  name: v.string(),
  /** When it was last kept, ms since 1970. */
  savedAt: v.number(),
  step: count,
  /** Share of its budget spent. */
  fraction: real(0, 1),
});
export type Recoverable = v.InferOutput<typeof recoverable>;
