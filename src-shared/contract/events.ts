import * as v from 'valibot';
import { exportStages } from '../model/picture-file.ts';
import { placement } from './composition-schemas.ts';
import { errorEnvelope } from './error-schemas.ts';
import { bufferDescriptor, pixelSize } from './image-schemas.ts';
import { lossPoint, metrics, progress } from './metrics-schemas.ts';
import { handle } from './primitives.ts';
import { provider } from './training-schemas.ts';

/**
 * Everything the host tells the renderer unasked. Each goes to every page that listens, in order.
 *
 * Events may be missed (a page reloads, a socket drops): after connecting, a renderer asks `jobs:list`.
 */
export const events = {
  /**
   * A job left `preparing`: its size is known and steps begin. Also sent after `jobs:continue`. `at`: where those
   * pixels lie on a clone's target; `full`: how many of its own they cover.
   */
  'job:started': v.object({
    jobId: handle,
    width: v.number(),
    height: v.number(),
    at: v.exactOptional(placement),
    full: v.exactOptional(pixelSize),
  }),
  'job:paused': v.object({ jobId: handle }),
  /** A job waits for its turn, or has moved in the queue: 1 is next. */
  'job:queued': v.object({ jobId: handle, position: v.number() }),
  /** A job has left the queue: its process starts. */
  'job:preparing': v.object({ jobId: handle }),
  /** Nothing has been heard of a job's process for suspiciously long; with false: it speaks again. */
  'job:silent': v.object({ jobId: handle, silent: v.boolean() }),
  /** The training goes on, but could not be put on disk. */
  'job:unsaved': v.object({ jobId: handle, error: errorEnvelope }),
  /** What was kept of a failed job has been measured. */
  'job:kept': v.object({ jobId: handle, metrics }),
  /** The job is forgotten. */
  'job:gone': v.object({ jobId: handle }),
  /** At most 4 a second, later 2. `curve` holds the points since the previous event; PSNRs where they are known. */
  'job:progress': v.object({
    jobId: handle,
    progress,
    curve: v.array(lossPoint),
    psnr: v.exactOptional(v.number()),
    exactPsnr: v.exactOptional(v.number()),
  }),
  /**
   * The network's values (`value` view, its free constant added) at `step`, to fetch as f32. Latest wins: the host
   * keeps one preview a job. The next one comes after `jobs:ack`, by what evaluating and drawing take on this machine and
   * how much there is to see; without it one in five seconds at most, at a hundredth of the training's time.
   */
  'job:preview': v.object({ jobId: handle, step: v.number(), ...bufferDescriptor.entries }),
  /** The network is kept: `jobs:view` and `exports:save` work from here on. */
  'job:finished': v.object({ jobId: handle, metrics }),
  /** Also for a cancelled job, with code `cancelled`; and `job-died` where its process was killed. */
  'job:failed': v.object({ jobId: handle, error: errorEnvelope, kept: v.exactOptional(v.boolean()) }),
  /** Where a request with a ticket is, at most 10 a second. `share`: how much of the stage is done; absent where nobody knows. */
  'request:progress': v.object({
    ticket: handle,
    stage: v.picklist(exportStages),
    share: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
  /** Another provider was found to compute right on this machine; all that jobs can run on now. */
  'app:providers': v.object({ providers: v.array(provider) }),
  /** What was opened or saved lately, or a small picture of it, has changed: `recents:list` has it. */
  'app:recents': v.object({}),
  /** The host's own menu was used: run this action of the renderer's registry, if it has it. */
  'app:command': v.object({ action: v.string() }),
  /** The system wants a project opened here: it was double-clicked, or named on the command line. */
  'app:open-project': v.object({ projectId: handle }),
} as const;

export type EventName = keyof typeof events;
export type EventOf<E extends EventName> = v.InferOutput<(typeof events)[E]>;

/** One message on the wire. */
export type EventMessage = {
  readonly [E in EventName]: { readonly event: E; readonly payload: EventOf<E> };
}[EventName];

/** Whether a string names an event. */
export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
