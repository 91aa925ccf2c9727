/**
 * What a host and a job's process say to each other, by structured clone. The process checks each message at its
 * door; what it answers is its own program's and only typed.
 */
import * as v from 'valibot';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import type { ErrorEnvelope } from '../../src-shared/contract/errors.ts';
import { whole } from '../../src-shared/contract/primitives.ts';
import type { Placement, Size } from '../../src-shared/model/image.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { ExportStage } from '../../src-shared/model/picture-file.ts';
import type { CurvePoint, Progress } from '../../src-shared/model/training.ts';
import type { RawView, Answers } from './answers.ts';
import { question } from './questions.ts';
import { task } from './tasks.ts';

const bare = (type: 'pause' | 'continue' | 'stop' | 'cancel') => v.strictObject({ type: v.literal(type) });

/**
 * Where a training's checkpoints are kept, and what becomes of the newest. `leg`: go on within it, or, where it is
 * later than the checkpoint's, train further with a budget of its own. `isOver`: train no more, only come to what the
 * newest checkpoint comes to.
 */
const keeping = v.strictObject({
  folder: v.string(),
  leg: whole(0, 1_000_000),
  isOver: v.boolean(),
});
export type Keeping = v.InferOutput<typeof keeping>;

/** Everything a host may tell a job's process. */
export const toWorker = v.variant('type', [
  v.strictObject({ type: v.literal('begin'), task, keeping: v.exactOptional(keeping) }),
  bare('pause'),
  bare('continue'),
  bare('stop'),
  bare('cancel'),
  /** A preview has been taken; the next may come. */
  v.strictObject({ type: v.literal('ack'), step: whole(0, Number.MAX_SAFE_INTEGER) }),
  /** Nobody will ask for these files again. */
  v.strictObject({ type: v.literal('forget'), paths: v.array(v.string()) }),
  v.strictObject({ type: v.literal('ask'), id: whole(0, Number.MAX_SAFE_INTEGER), question }),
  /** Nobody waits for the answer any more. */
  v.strictObject({ type: v.literal('drop'), id: whole(0, Number.MAX_SAFE_INTEGER) }),
]);
export type ToWorker = v.InferOutput<typeof toWorker>;

/** Where a running task stands. `curve` holds the points since the last such message. */
export interface ProgressReport {
  readonly progress: Progress;
  readonly curve: readonly CurvePoint[];
  readonly psnr?: number;
  readonly exactPsnr?: number;
}

/** The network's values at `step`, its free constant added. */
export interface Preview extends RawView {
  readonly step: number;
}

/** How many pixels the network sees, and for a clone where on its target, and how many of the target's they cover. */
export interface WorkingArea extends Size {
  readonly at?: Placement;
  readonly full?: Size;
}

/** Where the work on a question is. `share`: how much of the stage is done, 0…1; absent where nobody knows. */
export interface Work {
  readonly stage: ExportStage;
  readonly share?: number;
}

/** Everything a job's process may tell its host. */
export type FromWorker =
  /** `notes`: what was done to the inputs that the user should know, one sentence each. */
  | ({ readonly type: 'started'; readonly notes: readonly string[] } & WorkingArea)
  | { readonly type: 'paused' }
  | ({ readonly type: 'progress' } & ProgressReport)
  | ({ readonly type: 'preview' } & Preview)
  /** All of the training up to `step` is on disk. */
  | { readonly type: 'checkpoint'; readonly step: number }
  /** The training goes on, but could not be put on disk. */
  | { readonly type: 'unsaved'; readonly error: ErrorEnvelope }
  /** Nothing to say but that the process is alive: about one a second while it has a task, or a question to answer. */
  | { readonly type: 'beat'; readonly count: number }
  /** The process takes so many bytes, more than one may, and ends. */
  | { readonly type: 'outgrown'; readonly bytes: number }
  | { readonly type: 'finished'; readonly metrics: Metrics }
  | { readonly type: 'failed'; readonly error: ErrorEnvelope }
  | ({ readonly type: 'work'; readonly id: number } & Work)
  | { readonly type: 'answer'; readonly id: number; readonly envelope: Envelope<Answers[keyof Answers]> };
