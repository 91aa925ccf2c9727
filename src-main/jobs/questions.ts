/** What a job's process can be asked, of its task or of files, and how it is checked at the process's door. */
import * as v from 'valibot';
import { seenMask } from '../../src-shared/contract/composition-schemas.ts';
import { position } from '../../src-shared/contract/inspection-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import {
  aspect,
  measuredView,
  pictureRegion,
  view,
  viewRange,
} from '../../src-shared/contract/picture-schemas.ts';
import { real, whole } from '../../src-shared/contract/primitives.ts';
import { pictureDepths, pictureFormats, qualityRange } from '../../src-shared/model/picture-file.ts';
import { providers } from '../../src-shared/model/training.ts';
import { file, layer, size } from './tasks.ts';

/** What a photograph's header says. Needs no task. */
const imageInfoQuestion = v.strictObject({ kind: v.literal('image-info'), image: file });

/** Raw values of a photograph on file, seen as a job of that size would see it. Needs no task. */
const imageViewQuestion = v.strictObject({
  kind: v.literal('image-view'),
  image: file,
  view: measuredView,
  size: v.exactOptional(whole(...limits.seen)),
});

/** A photograph on file as a screen shows it. Needs no task. */
const imagePixelsQuestion = v.strictObject({
  kind: v.literal('image-pixels'),
  image: file,
  size: v.exactOptional(whole(...limits.pixels)),
});

/** A small picture of a photograph on file, as a WebP file. Needs no task. */
const thumbnailQuestion = v.strictObject({
  kind: v.literal('thumbnail'),
  image: file,
  /** Of its longer side. */
  size: whole(...limits.pixels),
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
  scale: v.exactOptional(real(...limits.scale)),
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
  quality: v.exactOptional(whole(...qualityRange)),
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

export const question = v.variant('kind', [
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
export type PictureQuestion = v.InferOutput<typeof pictureQuestion>;
export type PicturePixelsQuestion = v.InferOutput<typeof picturePixelsQuestion>;
export type ModelQuestion = v.InferOutput<typeof modelQuestion>;
export type Question = v.InferOutput<typeof question>;
/** What is asked of files and of no task. */
export type FileQuestion =
  ImageInfoQuestion | ImageViewQuestion | ImagePixelsQuestion | ThumbnailQuestion | CloneExactQuestion;
