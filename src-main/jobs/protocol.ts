/**
 * What a host and a job's process say to each other, by structured clone. The process checks each message at its
 * door; what it answers is its own program's and only typed.
 */
import * as v from 'valibot';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import type { ErrorEnvelope } from '../../src-shared/contract/errors.ts';
import { seenMask, transform } from '../../src-shared/contract/composition-schemas.ts';
import { position } from '../../src-shared/contract/inspection-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import { metrics } from '../../src-shared/contract/metrics-schemas.ts';
import {
  aspect,
  measuredView,
  pictureRegion,
  view,
  viewRange,
} from '../../src-shared/contract/picture-schemas.ts';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import { fusionModes } from '../../src-shared/model/fusion.ts';
import type { ChannelCount, Placement, Size } from '../../src-shared/model/image.ts';
import type { ModelCheck, Probed, SeamMismatch } from '../../src-shared/model/inspection.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import { pictureDepths, pictureFormats, qualityRange } from '../../src-shared/model/picture-file.ts';
import type { ExportStage } from '../../src-shared/model/picture-file.ts';
import { engines, losses, providers } from '../../src-shared/model/training.ts';
import type { CurvePoint, Progress } from '../../src-shared/model/training.ts';
import type { ProviderCheck } from '../engines/providers/memory.ts';

const whole = ([min, max]: readonly [number, number]) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = ([min, max]: readonly [number, number]) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

/** A file on this machine, and what a sentence calls it (an upload lies under a name of our own). */
const file = v.strictObject({ path: v.string(), name: v.string() });
export type FileSource = v.InferOutput<typeof file>;

/** Which engine and where it runs. */
const engine = {
  engine: v.exactOptional(v.picklist(engines)),
  provider: v.exactOptional(v.picklist(providers)),
  threads: v.exactOptional(whole(limits.threads)),
  /** The file that remembers which providers this machine has. */
  providerMemory: v.exactOptional(v.string()),
};

/** What every training lets one choose; absent means the default for the problem at hand. */
const training = {
  ...engine,
  budget: v.union([
    v.strictObject({ seconds: real(limits.seconds) }),
    v.strictObject({ steps: whole(limits.steps) }),
  ]),
  operator: v.exactOptional(v.picklist(operators)),
  loss: v.exactOptional(v.picklist(losses)),
  hidden: v.exactOptional(whole(limits.hidden)),
  layers: v.exactOptional(whole(limits.layers)),
  omega: v.exactOptional(real(limits.omega)),
  seed: v.exactOptional(whole(limits.seed)),
  encoding: v.exactOptional(v.picklist(['srgb', 'linear'])),
  /** `exact`: the Poisson solution in place of a network; no step is trained. Default `siren`. */
  solver: v.exactOptional(v.picklist(['siren', 'exact'])),
  /** Whether anybody looks at previews. Default: no. */
  previews: v.exactOptional(v.boolean()),
};
const size = { size: v.exactOptional(whole(limits.size)) };

const reconstructTask = v.strictObject({
  kind: v.literal('reconstruct'),
  image: file,
  from: v.picklist(supervisions),
  ...size,
  ...training,
});

/** α·∇A + (1-α)·∇B over the whole frame. */
const fuseTask = v.strictObject({
  kind: v.literal('fuse'),
  a: file,
  b: file,
  alpha: real([0, 1]),
  ...size,
  ...training,
});

const layer = v.strictObject({
  source: file,
  mask: file,
  transform,
  mode: v.picklist(fusionModes),
  alpha: v.exactOptional(real([0, 1])),
});
export type CloneLayer = v.InferOutput<typeof layer>;

const composition = v.strictObject({
  target: file,
  layers: v.pipe(v.array(layer), v.minLength(limits.cloneLayers[0]), v.maxLength(limits.cloneLayers[1])),
});
export type CompositionFiles = v.InferOutput<typeof composition>;

/** `size`: of the region's window as the network sees it; absent: all its pixels. */
const cloneTask = v.strictObject({ kind: v.literal('clone'), composition, ...size, ...training });

/** An exported network, to be looked at. */
const openTask = v.strictObject({ kind: v.literal('open'), model: file, ...engine });

/** A training that finished earlier, with the network that it came to. */
const restoreTask = v.strictObject({
  kind: v.literal('restore'),
  task: v.variant('kind', [reconstructTask, fuseTask, cloneTask]),
  model: file,
  metrics,
});

const task = v.variant('kind', [reconstructTask, fuseTask, cloneTask, openTask, restoreTask]);
export type ReconstructTask = v.InferOutput<typeof reconstructTask>;
export type FuseTask = v.InferOutput<typeof fuseTask>;
export type CloneTask = v.InferOutput<typeof cloneTask>;
export type OpenTask = v.InferOutput<typeof openTask>;
export type RestoreTask = v.InferOutput<typeof restoreTask>;
export type TrainingTask = ReconstructTask | FuseTask | CloneTask;
export type Task = v.InferOutput<typeof task>;

/** What a photograph's header says. Needs no task. */
const imageInfoQuestion = v.strictObject({ kind: v.literal('image-info'), image: file });

/** Raw values of a photograph on file, seen as a job of that size would see it. Needs no task. */
const imageViewQuestion = v.strictObject({
  kind: v.literal('image-view'),
  image: file,
  view: measuredView,
  ...size,
});

/** A photograph on file as a screen shows it. Needs no task. */
const imagePixelsQuestion = v.strictObject({
  kind: v.literal('image-pixels'),
  image: file,
  size: v.exactOptional(whole(limits.pixels)),
});

/** A small picture of a photograph on file, as a WebP file. Needs no task. */
const thumbnailQuestion = v.strictObject({
  kind: v.literal('thumbnail'),
  image: file,
  /** Of its longer side. */
  size: whole(limits.pixels),
});

/** The exact solution of a clone, and where it lies on the target. Needs no task. */
const cloneExactQuestion = v.strictObject({
  kind: v.literal('clone-exact'),
  composition: v.strictObject({
    target: file,
    layers: v.pipe(
      v.array(v.strictObject({ ...layer.entries, mask: v.union([file, seenMask]) })),
      v.minLength(limits.cloneLayers[0]),
      v.maxLength(limits.cloneLayers[1]),
    ),
  }),
  ...size,
});
export type PreviewFiles = v.InferOutput<typeof cloneExactQuestion>['composition'];

/** Raw values of what the task works on, or, once it has finished, came to. */
const viewQuestion = v.strictObject({ kind: v.literal('view'), of: aspect, view: measuredView });

/** What supervision and network have at one point. */
const probeQuestion = v.strictObject({ kind: v.literal('probe'), x: position, y: position });

/** What the finished task's network is, as its file would say. */
const cardQuestion = v.strictObject({ kind: v.literal('card') });

/** How a clone's source and target differ along the seam. */
const seamQuestion = v.strictObject({ kind: v.literal('seam') });

/** Which picture of a task: its result, a part of that, or what a pane of the inspector shows. See the contract. */
const pictured = {
  view,
  scale: v.exactOptional(real(limits.scale)),
  region: v.exactOptional(pictureRegion),
  of: v.exactOptional(aspect),
  minus: v.exactOptional(aspect),
  range: v.exactOptional(viewRange),
};

/** A picture of the task as an image file. */
const pictureQuestion = v.strictObject({
  kind: v.literal('picture'),
  format: v.picklist(pictureFormats),
  bitDepth: v.exactOptional(v.picklist(pictureDepths)),
  quality: v.exactOptional(whole(qualityRange)),
  ...pictured,
  /** Nobody asks how far a clone is from its target outside the mask. */
  unchecked: v.exactOptional(v.literal(true)),
});

/** A picture of the task for the screen and the clipboard. */
const picturePixelsQuestion = v.strictObject({ kind: v.literal('picture-pixels'), ...pictured });

/** The finished task's network as an ONNX file; with `check`, loaded back and compared. */
const modelQuestion = v.strictObject({ kind: v.literal('model'), check: v.exactOptional(v.boolean()) });

/** Whether a provider computes right on this machine. Needs no task; a driver that crashes takes the process along. */
const checkProviderQuestion = v.strictObject({
  kind: v.literal('check-provider'),
  provider: v.picklist(providers),
});

const question = v.variant('kind', [
  checkProviderQuestion,
  imageInfoQuestion,
  imageViewQuestion,
  imagePixelsQuestion,
  thumbnailQuestion,
  cloneExactQuestion,
  viewQuestion,
  probeQuestion,
  cardQuestion,
  seamQuestion,
  pictureQuestion,
  picturePixelsQuestion,
  modelQuestion,
]);
export type ImageInfoQuestion = v.InferOutput<typeof imageInfoQuestion>;
export type ImageViewQuestion = v.InferOutput<typeof imageViewQuestion>;
export type ImagePixelsQuestion = v.InferOutput<typeof imagePixelsQuestion>;
export type ThumbnailQuestion = v.InferOutput<typeof thumbnailQuestion>;
export type CloneExactQuestion = v.InferOutput<typeof cloneExactQuestion>;
export type ViewQuestion = v.InferOutput<typeof viewQuestion>;
export type ProbeQuestion = v.InferOutput<typeof probeQuestion>;
export type PictureQuestion = v.InferOutput<typeof pictureQuestion>;
export type PicturePixelsQuestion = v.InferOutput<typeof picturePixelsQuestion>;
export type ModelQuestion = v.InferOutput<typeof modelQuestion>;
export type Question = v.InferOutput<typeof question>;
/** What is asked of files and of no task. */
export type FileQuestion =
  ImageInfoQuestion | ImageViewQuestion | ImagePixelsQuestion | ThumbnailQuestion | CloneExactQuestion;

const bare = (type: 'pause' | 'continue' | 'stop' | 'cancel') => v.strictObject({ type: v.literal(type) });

/**
 * Where a training's checkpoints are kept, and what becomes of the newest. `leg`: go on within it, or, where it is
 * later than the checkpoint's, train further with a budget of its own. `isOver`: train no more, only come to what the
 * newest checkpoint comes to.
 */
const keeping = v.strictObject({
  folder: v.string(),
  leg: whole([0, 1_000_000]),
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
  v.strictObject({ type: v.literal('ack'), step: whole([0, Number.MAX_SAFE_INTEGER]) }),
  /** Nobody will ask for these files again. */
  v.strictObject({ type: v.literal('forget'), paths: v.array(v.string()) }),
  v.strictObject({ type: v.literal('ask'), id: whole([0, Number.MAX_SAFE_INTEGER]), question }),
  /** Nobody waits for the answer any more. */
  v.strictObject({ type: v.literal('drop'), id: whole([0, Number.MAX_SAFE_INTEGER]) }),
]);
export type ToWorker = v.InferOutput<typeof toWorker>;

/** Raw numbers, planar [channels, height, width]. */
export interface RawView extends Size {
  readonly channels: ChannelCount;
  readonly data: Float32Array;
}

/** Pixels for a canvas: RGBA, 8 bits each, interleaved. */
export interface PixelView extends Size {
  readonly data: Uint8Array;
}

/** A part of a clone's target. */
export interface PlacedView extends RawView {
  readonly at: Placement;
  /** The target's pixels that it covers. */
  readonly full: Size;
}

/** What can be said of a photograph before a pixel of it is decoded. Width and height are those of it upright. */
export interface PhotographInfo extends Size {
  readonly channels: ChannelCount;
  readonly bitDepth: 8 | 16;
  readonly hasAlpha: boolean;
}

/** A file to write. A clone's picture says how far it is from the target outside the mask, in 8-bit steps. */
export interface FileContent {
  readonly bytes: Uint8Array;
  readonly maxOutsideDifference?: number;
}

/** An ONNX file, and, where asked, how it was found when it was loaded back. */
export interface ModelFile extends FileContent {
  readonly check?: ModelCheck;
}

/** What each question is answered with. */
export interface Answers {
  'check-provider': ProviderCheck;
  'image-info': PhotographInfo;
  'image-view': RawView;
  'image-pixels': PixelView;
  thumbnail: FileContent;
  'clone-exact': PlacedView;
  view: RawView;
  probe: Probed;
  card: Readonly<Record<string, string>>;
  seam: SeamMismatch;
  picture: FileContent;
  'picture-pixels': PixelView;
  model: ModelFile;
}
export type AnswerTo<Q extends Question> = Answers[Q['kind']];

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
