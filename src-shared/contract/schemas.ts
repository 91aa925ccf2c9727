import * as v from 'valibot';
import { errorCodes, type ErrorCode } from './errors.ts';
import { aspects } from '../model/aspect.ts';
import { operators, supervisions } from '../model/field.ts';
import { fusionModes } from '../model/fusion.ts';
import { engines, largestNetwork, losses, providers } from '../model/training.ts';
import { measuredViews, views } from '../model/view.ts';

/** A handle: made by the host, opaque to the renderer, safe in a URL. */
export const handle = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a handle'));

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const channelCount = v.picklist([1, 3]);

/** Ranges of what a user may set, for schemas and for the form's fields alike. */
export const limits = {
  size: [8, 4096],
  hidden: [4, largestNetwork.hidden],
  layers: [1, largestNetwork.layers],
  omega: [0.1, 1000],
  seed: [0, 4294967295],
  threads: [1, 256],
  seconds: [0.1, 86400],
  steps: [1, 10_000_000],
  scale: [0.1, 16],
  /** Longest side of a photograph's pixels on a screen. */
  pixels: [1, 16384],
  /** Of a composition: its layers, and a layer's transform, in target pixels, ratios and degrees. */
  cloneLayers: [1, 32],
  /** Of a mask that comes with a request: pixels along a side, and characters. */
  seenMask: { side: 4096, text: 700_000 },
  position: [-1_000_000, 1_000_000],
  layerScale: [1 / 64, 64],
  rotation: [-360, 360],
} as const;

/** A photograph the host holds. `name` is a file's base name, for display; never a path. */
export const imageSummary = v.object({
  id: handle,
  name: v.string(),
  width: whole(1, 1e6),
  height: whole(1, 1e6),
  channels: channelCount,
  bitDepth: v.picklist([8, 16]),
  hasAlpha: v.boolean(),
});
export type ImageSummary = v.InferOutput<typeof imageSummary>;

/**
 * Numbers to fetch from `/buffers/<bufferId>`: planar [channels, height, width], row-major, little endian,
 * `f32` raw values or `u8` 0…255. Fetch at once: a host keeps the latest few dozen and drops the oldest.
 */
export const bufferDescriptor = v.object({
  bufferId: handle,
  width: whole(1, 1e6),
  height: whole(1, 1e6),
  channels: channelCount,
  dtype: v.picklist(['f32', 'u8']),
});
export type BufferDescriptor = v.InferOutput<typeof bufferDescriptor>;

/** Pixels to fetch from `/buffers/<bufferId>`, ready for a canvas: RGBA, 8 bits each, interleaved, alpha straight, sRGB. */
export const pixelDescriptor = v.object({
  bufferId: handle,
  width: whole(1, 1e6),
  height: whole(1, 1e6),
  dtype: v.literal('rgba8'),
});
export type PixelDescriptor = v.InferOutput<typeof pixelDescriptor>;

/** A file that was opened or saved lately. `name` is for display; never a path. */
export const recent = v.object({
  recentId: handle,
  kind: v.picklist(['photograph', 'project']),
  name: v.string(),
  /** ms since 1970, for display only. */
  usedAt: v.number(),
  /** A small WebP file to fetch; null where there is none. */
  thumbnailId: v.nullable(handle),
});
export type Recent = v.InferOutput<typeof recent>;

export const sample = v.object({
  /** What `images:open-sample` takes: astronaut, coffee, rocket, moon, camera, brick. */
  name: v.string(),
  width: whole(1, 1e6),
  height: whole(1, 1e6),
});

export const view = v.picklist(views);
export const measuredView = v.picklist(measuredViews);
export const aspect = v.picklist(aspects);
/** The numbers at the two ends of a colour map, the lower one first. */
export const viewRange = v.pipe(
  v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]),
  v.check(([low, high]) => low < high, 'is not a range'),
);

/** A part of a clone's result: `true`, what its network covers of the target; or a rectangle of the target's pixels. */
export const pictureRegion = v.union([
  v.literal(true),
  v.strictObject({ x: whole(0, 1e6), y: whole(0, 1e6), width: whole(1, 1e6), height: whole(1, 1e6) }),
]);

/** Which picture of a job. */
export const pictured = {
  /** Default `value`. */
  view: v.exactOptional(view),
  /**
   * Size relative to what is pictured, default 1. Between its pixels a network is evaluated; everything else is
   * resampled, a picture in false colours by repeating its pixels or leaving some out.
   */
  scale: v.exactOptional(real(...limits.scale)),
  /** Of a clone's values: a part of the target at full size, instead of all of it. */
  region: v.exactOptional(pictureRegion),
  /** An aspect as it is inspected instead of the job's result. */
  of: v.exactOptional(aspect),
  /** With `of`: the aspect that is taken away from it. */
  minus: v.exactOptional(aspect),
  /** Of derivatives and differences: the numbers at the ends of the colour map. */
  range: v.exactOptional(viewRange),
};

export const budget = v.union([
  v.strictObject({ seconds: real(...limits.seconds) }),
  v.strictObject({ steps: whole(...limits.steps) }),
]);

export const provider = v.picklist(providers);

/** So many pixels. */
export const pixelSize = v.object({ width: whole(1, 1e6), height: whole(1, 1e6) });

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

export const reconstructRequest = v.strictObject({
  kind: v.literal('reconstruct'),
  imageId: handle,
  from: v.picklist(supervisions),
  ...training,
});

/** Whole-frame fusion of two images' gradients: α·A + (1-α)·B, in A's frame. */
export const fuseRequest = v.strictObject({
  kind: v.literal('fuse'),
  imageA: handle,
  imageB: handle,
  alpha: real(0, 1),
  ...training,
});

/** Whole pixels of a target. */
export const placement = v.strictObject({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
});

/** How a source lies on its target; see `Transform`. What has no inverse is no transform. */
export const transform = v.strictObject({
  x: real(...limits.position),
  y: real(...limits.position),
  scale: real(...limits.layerScale),
  rotation: real(...limits.rotation),
  flipX: v.boolean(),
  flipY: v.boolean(),
});

/** The mask is an image handle of the source's size, white inside. */
export const cloneLayer = v.strictObject({
  sourceId: handle,
  maskId: handle,
  transform,
  mode: v.picklist(fusionModes),
  alpha: v.exactOptional(real(0, 1)),
});

/** What is cloned onto what, its layers from the bottom to the top: each is fused over what those below it leave. */
export const composition = v.strictObject({
  targetId: handle,
  layers: v.pipe(v.array(cloneLayer), v.minLength(limits.cloneLayers[0]), v.maxLength(limits.cloneLayers[1])),
});
export type CompositionRequest = v.InferOutput<typeof composition>;

/** `layers` of a training are the network's; a composition's are its own. */
export const cloneRequest = v.strictObject({ kind: v.literal('clone'), composition, ...training });

/**
 * A part of a mask, no finer than a preview needs it: bytes 0…255, row-major, compressed by zlib, as base64. Its corner
 * lies at (x, y) of the source, each of its pixels on `step` × `step` of the source's; beyond it nothing is selected.
 */
export const seenMask = v.strictObject({
  x: whole(0, 1e6),
  y: whole(0, 1e6),
  width: whole(1, limits.seenMask.side),
  height: whole(1, limits.seenMask.side),
  step: whole(1, 4096),
  bytes: v.pipe(v.string(), v.maxLength(limits.seenMask.text), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
});
export type SeenMask = v.InferOutput<typeof seenMask>;

/** A composition whose masks are at the host, or come along. */
export const previewComposition = v.strictObject({
  targetId: handle,
  layers: v.pipe(
    v.array(
      v.union([cloneLayer, v.strictObject({ ...v.omit(cloneLayer, ['maskId']).entries, mask: seenMask })]),
    ),
    v.minLength(limits.cloneLayers[0]),
    v.maxLength(limits.cloneLayers[1]),
  ),
});
export type PreviewComposition = v.InferOutput<typeof previewComposition>;

/** What is cloned where, without a training. */
export const clonePreviewRequest = v.strictObject({
  composition: previewComposition,
  /** Pixels along the longer side of what is solved; absent, or where the region is smaller, those of the target. */
  size: v.exactOptional(whole(...limits.size)),
});

/**
 * Numbers of a part of a target, where its top-left corner lies on it, and how many of the target's pixels it covers:
 * as many as it has numbers, or more where it was solved at a smaller size.
 */
export const clonePreview = v.object({
  at: placement,
  full: pixelSize,
  ...bufferDescriptor.entries,
});

export const jobRequest = v.variant('kind', [reconstructRequest, fuseRequest, cloneRequest]);
export type JobRequest = v.InferOutput<typeof jobRequest>;

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
  loss: v.exactOptional(v.number()),
  lossCurve: v.exactOptional(v.array(lossPoint)),
  width: v.exactOptional(v.number()),
  height: v.exactOptional(v.number()),
  parameters: v.exactOptional(v.number()),
  engine: v.exactOptional(v.picklist(engines)),
  provider: v.exactOptional(provider),
  seed: v.exactOptional(v.number()),
  outputs: v.exactOptional(v.array(v.string())),
});

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];
export const errorEnvelope = v.object({
  code: v.picklist(codes),
  message: v.string(),
  details: v.exactOptional(v.record(v.string(), v.unknown())),
});

/**
 * - `queued`: waits for its turn, to begin or to go on.
 * - `preparing`: decoding, taking derivatives, solving exactly, starting the process.
 * - `training`, `paused`: as they say; the budget's clock stands still while paused.
 * - `finished`: ran its budget or was stopped; the best network is kept and can be viewed and exported.
 * - `failed`: `error` says why; where `kept`, the best network so far can be viewed, exported and gone on from.
 * - `cancelled`: nothing is kept.
 */
export const jobStates = [
  'queued',
  'preparing',
  'training',
  'paused',
  'finished',
  'failed',
  'cancelled',
] as const;
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
export const jobDetail = v.object({ ...jobSummary.entries, curve: v.array(lossPoint) });
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

export const appInfo = v.object({
  version: v.string(),
  host: v.picklist(['electron', 'browser']),
  engine: v.picklist(engines),
  /** Providers found to compute right on this machine, the CPU's first; a job that names none runs on the fastest. */
  providers: v.array(provider),
  /** Threads a training uses unless told otherwise. */
  threads: whole(1, 4096),
  /** Processor and system, for people: 'Intel Xeon (2 cores), Linux 6.1'. */
  machine: v.string(),
  /** Name → version of what matters in a bug report: node, onnxruntime, sharp, electron. */
  versions: v.record(v.string(), v.string()),
});
export type AppInfo = v.InferOutput<typeof appInfo>;

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
