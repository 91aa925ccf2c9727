import * as v from 'valibot';
import { fusionModes } from '../model/fusion.ts';
import { transform } from './composition-schemas.ts';
import { bufferDescriptor, imageSummary } from './image-schemas.ts';
import { jobDetail } from './job-schemas.ts';
import { metrics } from './metrics-schemas.ts';
import { handle, real, whole } from './primitives.ts';

const name = v.pipe(v.string(), v.maxLength(255));

/** SHA-256 of a file's bytes: what a kept photograph, network or mask is called. */
export const contentHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256'));

/** Layers of one composition that can be kept. */
export const maxLayers = 64;

/** Settings of a form as JSON: their names and ranges are the form's own, which looks at each before it takes it back. */
const formSettings = v.pipe(v.string(), v.maxLength(4000));

/** Everything of a person's work but pixels: what differs is how a photograph and a result are named. */
const documentOf = <P extends v.GenericSchema<string>, R extends v.GenericSchema<string>>(
  picture: P,
  result: R,
) =>
  v.strictObject({
    workspace: v.pipe(v.string(), v.maxLength(40)),
    /** How a saved project holds its photographs. */
    pictures: v.picklist(['embedded', 'linked']),
    reconstruction: v.nullable(
      v.strictObject({
        picture,
        settings: formSettings,
        result: v.nullable(result),
        /** Whose gradients are fused with the photograph's, and the photograph's share; absent where nobody's are. */
        fuse: v.exactOptional(v.strictObject({ second: picture, alpha: real(0, 1) })),
      }),
    ),
    composition: v.nullable(
      v.strictObject({
        target: v.nullable(picture),
        /** Bottom to top. */
        layers: v.pipe(
          v.array(
            v.strictObject({
              id: handle,
              name,
              source: picture,
              transform,
              mode: v.picklist(fusionModes),
              alpha: real(0, 1),
              visible: v.boolean(),
            }),
          ),
          v.maxLength(maxLayers),
          v.check((layers) => new Set(layers.map(({ id }) => id)).size === layers.length, 'repeats a layer'),
        ),
        selectedId: v.nullable(handle),
        settings: formSettings,
        result: v.nullable(result),
        /** Whether the result was made of the composition as it is. */
        isResultCurrent: v.boolean(),
      }),
    ),
  });

/** As pages speak of it: photographs and results by the host's handles of images and jobs. */
const openDocument = documentOf(handle, handle);
export type OpenDocument = v.InferOutput<typeof openDocument>;

/** As it is kept: photographs and results by the hash of their content. */
export const keptDocument = documentOf(contentHash, contentHash);
export type KeptDocument = v.InferOutput<typeof keptDocument>;

/** A rectangle of a layer's mask that has changed: an 8-bit grey PNG, sent ahead as a part. */
const maskPatch = v.strictObject({
  layerId: handle,
  partId: handle,
  /** Where its top-left corner lies on the mask. */
  x: whole(0, 1e6),
  y: whole(0, 1e6),
});

/** What changed since the last record: the document whole, and of its masks what was painted. */
export const recordRequest = v.strictObject({
  /** Null where nothing of this page's work has been kept before. */
  workId: v.nullable(handle),
  document: openDocument,
  patches: v.pipe(v.array(maskPatch), v.maxLength(2 * maxLayers)),
  /** A small picture of it, sent ahead as a part. */
  thumbnailId: v.exactOptional(handle),
});

/** A photograph that could not be found, or is not what it was. */
const lostPicture = v.object({
  hash: contentHash,
  name: v.string(),
  width: whole(1, 1e6),
  height: whole(1, 1e6),
  /** A sentence. */
  reason: v.string(),
});
export type LostPicture = v.InferOutput<typeof lostPicture>;

/** Work that is open on this page now. `document` is null while a photograph is lost; see `projects:relink`. */
export const openWork = v.object({
  workId: handle,
  /** The project's file, for display; null where it was never saved. */
  name: v.nullable(v.string()),
  /** Whether the file, if there is one, holds all of it. */
  isSaved: v.boolean(),
  /** Why saving over the file isn't possible; null where it is. A sentence. */
  readOnly: v.nullable(v.string()),
  document: v.nullable(openDocument),
  images: v.array(imageSummary),
  jobs: v.array(jobDetail),
  /** One u8 plane of its source's size for each layer. */
  masks: v.array(v.object({ layerId: handle, ...bufferDescriptor.entries })),
  lost: v.array(lostPicture),
  /** What of it could not be read though it opens, one sentence each. */
  notes: v.array(v.string()),
});
export type OpenWork = v.InferOutput<typeof openWork>;

/** Work that an earlier visit left. */
export const leftWork = v.object({
  workId: handle,
  name: v.nullable(v.string()),
  /** When it was last changed, ms since 1970; for display only. */
  changedAt: v.number(),
  layers: whole(0, maxLayers),
  /** A small PNG, JPEG or WebP file to fetch; null where there is none. */
  thumbnailId: v.nullable(handle),
});
export type LeftWork = v.InferOutput<typeof leftWork>;

/** A project that can be opened by its handle. */
export const projectEntry = v.object({ projectId: handle, name: v.string() });
export type ProjectEntry = v.InferOutput<typeof projectEntry>;

/** What a saved project is called. The host says what of it can't be a file's name. */
export const projectName = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

const training = v.strictObject({
  /** What it is and how to read it: for the trainer, unread here. */
  facts: v.record(v.pipe(v.string(), v.maxLength(100)), v.unknown()),
  /** The state itself, opaque bytes. */
  state: contentHash,
});

/** A finished training. Its network is an ONNX file, named by its content. */
export const keptResult = v.strictObject({
  network: contentHash,
  /** The request it was trained by; every image handle in it is a content hash. */
  request: v.record(v.string(), v.unknown()),
  metrics,
  training: v.exactOptional(training),
});
export type KeptResult = v.InferOutput<typeof keptResult>;
