import * as v from 'valibot';
import { pictureDepths, pictureFormats, qualityRange } from '../model/picture-file.ts';
import { appInfo } from './app-schemas.ts';
import { clonePreview, clonePreviewRequest } from './composition-schemas.ts';
import { bufferDescriptor, imageSummary, pixelDescriptor, sample } from './image-schemas.ts';
import { modelCheck, position, probed, seamMismatch } from './inspection-schemas.ts';
import { jobDetail, jobSummary, recoverable } from './job-schemas.ts';
import { limits } from './limits.ts';
import { aspect, measuredView, pictured } from './picture-schemas.ts';
import { handle, whole } from './primitives.ts';
import {
  contentHash,
  leftWork,
  openWork,
  projectEntry,
  projectName,
  recordRequest,
} from './project-schemas.ts';
import { recent } from './recent-schemas.ts';
import { settings } from './settings.ts';
import { budget, jobRequest } from './training-schemas.ts';

const nothing = v.strictObject({});
const job = v.strictObject({ jobId: handle });
/** A handle that the page makes for a request: `request:progress` is told under it, and `requests:cancel` takes it. */
const ticket = v.exactOptional(handle);
const work = v.strictObject({ workId: handle });

/**
 * Every request the renderer can make, as 'namespace:verb', with the schemas of what goes and what comes.
 *
 * A host parses each request by its schema before it looks at it and refuses with `invalid-message`; the answer
 * travels in an `Envelope`. Handles (images, jobs, buffers) are the host's; an unknown one is `unknown-handle`.
 * The renderer never names a path.
 */
export const channels = {
  /** A request under way that was given this ticket is refused with `cancelled`. Too late, it does nothing. */
  'requests:cancel': { request: v.strictObject({ ticket: handle }), response: nothing },

  /** Versions and machine, for the status bar and for bug reports. */
  'app:info': { request: nothing, response: appInfo },

  /** A report to paste into an issue: versions, machine, self-checks, latest errors; no path and no file's name. */
  'app:diagnostics': { request: nothing, response: v.object({ report: v.string() }) },
  /** Electron opens the folder of the log files; a browser's page is told where it lies. */
  'app:show-logs': { request: nothing, response: v.object({ folder: v.string(), opened: v.boolean() }) },

  /** What the user chose for good; `isFresh` where nothing was stored yet, and these are the defaults. */
  'settings:get': { request: nothing, response: v.object({ settings, isFresh: v.boolean() }) },
  /** Kept from here on, for every page. `unwritable-output` where the disk takes nothing. */
  'settings:set': { request: settings, response: nothing },

  /** The photographs that come with the app. */
  'images:list-samples': { request: nothing, response: v.array(sample) },
  'images:open-sample': {
    request: v.strictObject({ name: v.pipe(v.string(), v.maxLength(64)) }),
    response: imageSummary,
  },
  /** Electron only (the browser host answers `not-allowed`): a file dialog; null where the user cancelled. */
  'images:dialog': { request: nothing, response: v.nullable(imageSummary) },
  'images:get': { request: v.strictObject({ imageId: handle }), response: imageSummary },
  /** These handles are not needed any more. What the page uploaded is deleted; jobs keep what they were given. */
  'images:close': {
    request: v.strictObject({ imageIds: v.pipe(v.array(handle), v.minLength(1), v.maxLength(256)) }),
    response: nothing,
  },
  /**
   * Raw f32 values of one measured view of a photograph, resampled so that its longer side is `size` (as a job of that
   * size sees it; absent: its own size). Derivatives are `spectral`, at pixel centres.
   */
  'images:view': {
    request: v.strictObject({
      imageId: handle,
      view: measuredView,
      size: v.exactOptional(whole(...limits.seen)),
    }),
    response: bufferDescriptor,
  },
  /**
   * A photograph as a screen shows it, its longer side at most `size` (absent: its own, as far as 33 megapixels; beyond
   * it comes reduced). For whoever needs its pixels and not its numbers: a quarter of their bytes.
   */
  'images:pixels': {
    request: v.strictObject({
      imageId: handle,
      size: v.exactOptional(
        v.pipe(v.number(), v.integer(), v.minValue(limits.pixels[0]), v.maxValue(limits.pixels[1])),
      ),
    }),
    response: pixelDescriptor,
  },

  /**
   * The exact solution of a clone's guidance field, as pixels of the region's window on the target. Made at once,
   * without a job, for a preview that follows the mask; never shown as the network's result.
   */
  'clones:exact': {
    request: v.strictObject({ ...clonePreviewRequest.entries, ticket }),
    response: clonePreview,
  },

  /** Returns as soon as the job is accepted; what happens then comes as events. */
  'jobs:start': {
    request: jobRequest,
    /** `position`: it waits in the queue, 1 is next. */
    response: v.object({ jobId: handle, position: v.exactOptional(v.number()) }),
  },
  'jobs:pause': { request: job, response: nothing },
  'jobs:continue': { request: job, response: nothing },
  /** Ends training now and keeps the best network so far: `job:finished` follows. */
  'jobs:stop': { request: job, response: nothing },
  /** Ends training and drops it: `job:failed` with code `cancelled` follows. */
  'jobs:cancel': { request: job, response: nothing },
  /** Gives a queued job another place in the queue: 1 is next. */
  'jobs:move': {
    request: v.strictObject({ jobId: handle, to: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    response: nothing,
  },
  /**
   * A finished job goes on with a budget of its own, from where it ended, and never ends worse. Cancelled, it is
   * finished again as it was before.
   */
  'jobs:train-further': {
    request: v.strictObject({ jobId: handle, budget }),
    response: nothing,
  },
  /**
   * A failed job goes on from its newest checkpoint, or from its beginning; one of `jobs:recoverable` becomes a job
   * of this host again, its photographs open, finished where it had finished.
   */
  'jobs:resume': { request: job, response: nothing },
  /** Ends the process of a silent job; the job fails, and what was kept of it stays. */
  'jobs:end': { request: job, response: nothing },
  /** What can be resumed of an earlier host that was killed or closed in mid-training; newest first. */
  'jobs:recoverable': { request: nothing, response: v.array(recoverable) },
  /** Forgets a job that is over, or one of `jobs:recoverable`, and all that was kept of it: `job:gone` follows. */
  'jobs:discard': { request: job, response: nothing },
  /** Newest first. */
  'jobs:list': { request: nothing, response: v.array(jobSummary) },
  'jobs:get': { request: job, response: jobDetail },
  /** Credit for the next `job:preview`: the preview of this step has been drawn. Not for one that nobody looks at. */
  'jobs:ack': {
    request: v.strictObject({ jobId: handle, step: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    response: nothing,
  },
  /**
   * Raw f32 values of an aspect of a job (see `model/aspect.ts`), at the size the network sees. `network` and
   * `residual` only of a `finished` job, or a `failed` one that says `kept`. `not-allowed` for an aspect or a view that
   * the job does not have (yet).
   */
  'jobs:view': {
    request: v.strictObject({ jobId: handle, of: aspect, view: measuredView }),
    response: bufferDescriptor,
  },
  /**
   * The picture that `exports:save` would write, for the screen and the clipboard; reduced beyond what `images:pixels`
   * gives at once. A clone's detail is carried over, which takes a while the first time it is asked for.
   */
  'jobs:picture': {
    request: v.strictObject({ jobId: handle, ...pictured, ticket }),
    response: pixelDescriptor,
  },
  /**
   * What supervision and network have at one point, exactly: nothing is interpolated. `x` and `y` are pixel positions
   * of what the network sees, (0, 0) the first pixel's centre. `not-allowed` before the job knows its field.
   */
  'jobs:probe': {
    request: v.strictObject({ jobId: handle, x: position, y: position }),
    response: probed,
  },
  /**
   * What a finished job's network is, in the words of its exported file: hidden, layers, omega, constant, …
   * `not-allowed` before.
   */
  'jobs:card': { request: job, response: v.record(v.string(), v.string()) },
  /** How source and target differ along the mask's outline. `not-allowed` for a job that is no clone. */
  'jobs:seam': { request: job, response: seamMismatch },
  /**
   * Write a finished job's network or a picture of it. Electron: a save dialog, `saved` false where cancelled.
   * Browser: `url` is a `/downloads/<id>` of the host's own origin and `name` the file's name. `bad-option`, before any
   * work, for what the format can't hold (see `model/picture-file.ts`) and for what the job has no picture of.
   */
  'exports:save': {
    request: v.strictObject({
      jobId: handle,
      what: v.picklist([...pictureFormats, 'onnx']),
      ...pictured,
      /** Pictures. Default: the photograph's in PNG and TIFF, else 8. */
      bitDepth: v.exactOptional(v.picklist(pictureDepths)),
      /** Pictures whose format loses anything. */
      quality: v.exactOptional(
        v.pipe(v.number(), v.integer(), v.minValue(qualityRange[0]), v.maxValue(qualityRange[1])),
      ),
      ticket,
    }),
    response: v.object({
      saved: v.boolean(),
      url: v.exactOptional(v.string()),
      name: v.exactOptional(v.string()),
      /** ONNX: what the file holds, and how it was found when it was loaded back. */
      model: v.exactOptional(modelCheck),
    }),
  },

  /**
   * Keeps what a page changed, so that nothing of it is lost, whatever ends page or host: on disk once it is answered.
   * `unwritable-output` where the disk takes nothing just now; the next record that gets through takes it along, with the
   * `workId` of the error's details.
   */
  'projects:record': {
    request: recordRequest,
    response: v.object({ workId: handle, isSaved: v.boolean() }),
  },
  /** Work that earlier visits left unsaved, the latest first; that of pages which are open now included. */
  'projects:left': { request: nothing, response: v.array(leftWork) },
  /** Go on with it. Its jobs restore themselves: `job:finished` follows for each. */
  'projects:resume': { request: work, response: openWork },
  'projects:discard': { request: work, response: nothing },
  /**
   * Save over the project's file; with `as`, or where there is none yet, under another name: Electron asks for it by a
   * dialog (`saved` false where cancelled), the browser host keeps it in its own folder under `name`. `project-exists`
   * and `project-changed` mean that `replace` would replace something; `project-in-use`, that another Seamfield has it.
   */
  'projects:save': {
    request: v.strictObject({
      workId: handle,
      as: v.boolean(),
      name: v.exactOptional(projectName),
      replace: v.boolean(),
    }),
    response: v.object({
      saved: v.boolean(),
      name: v.exactOptional(v.string()),
      isSaved: v.exactOptional(v.boolean()),
    }),
  },
  /** A copy of the work as a project's file, its photographs embedded; answers as `exports:save` does. */
  'projects:download': {
    request: work,
    response: v.object({
      saved: v.boolean(),
      url: v.exactOptional(v.string()),
      name: v.exactOptional(v.string()),
    }),
  },
  /** Projects to open: Electron's latest, the latest first; the browser host's own, by name. */
  'projects:list': { request: nothing, response: v.array(projectEntry) },
  'projects:open': { request: v.strictObject({ projectId: handle }), response: openWork },
  /** Electron only: a file dialog for projects and photographs; null where the user cancelled. */
  'projects:choose': {
    request: nothing,
    response: v.nullable(
      v.union([v.strictObject({ project: projectEntry }), v.strictObject({ image: imageSummary })]),
    ),
  },
  /**
   * Says which photograph a lost one is. `size-mismatch` for one of another size; `project-changed` for one that is not
   * the same file, which `accept` takes all the same.
   */
  'projects:relink': {
    request: v.strictObject({
      workId: handle,
      hash: contentHash,
      imageId: handle,
      accept: v.boolean(),
    }),
    response: openWork,
  },
  /** Be the one who saves a project that another Seamfield has open. */
  'projects:take-over': { request: work, response: v.object({ readOnly: v.nullable(v.string()) }) },

  /** What was opened or saved lately, the latest first. A browser's uploads are among it while the host has them. */
  'recents:list': { request: nothing, response: v.array(recent) },
  /** The user opened this photograph: it is the latest from here on. Samples are not remembered. */
  'recents:add': { request: v.strictObject({ imageId: handle }), response: nothing },
  /** A file that is not there any more is `not-a-file` and forgotten. */
  'recents:open': {
    request: v.strictObject({ recentId: handle }),
    response: v.union([v.strictObject({ project: projectEntry }), v.strictObject({ image: imageSummary })]),
  },
  /** Forgets all of them; no file is touched. */
  'recents:clear': { request: nothing, response: nothing },
} as const;

export type Channels = typeof channels;
export type Channel = keyof Channels;
export type RequestOf<C extends Channel> = v.InferOutput<Channels[C]['request']>;
export type ResponseOf<C extends Channel> = v.InferOutput<Channels[C]['response']>;

/** One handler a channel: what a host implements and a router dispatches to. */
export type Handlers = {
  readonly [C in Channel]: (request: RequestOf<C>) => ResponseOf<C> | Promise<ResponseOf<C>>;
};

/** Whether a string names a channel that the renderer may use. */
export function isChannel(name: string): name is Channel {
  return Object.hasOwn(channels, name);
}
