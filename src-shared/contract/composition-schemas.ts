import * as v from 'valibot';
import { fusionModes } from '../model/fusion.ts';
import { pixelDescriptor, pixelSize } from './image-schemas.ts';
import { limits } from './limits.ts';
import { handle, real, whole } from './primitives.ts';

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
const cloneLayer = v.strictObject({
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
const previewComposition = v.strictObject({
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
 * Pixels of a part of a target, where its top-left corner lies on it, and how many of the target's pixels they cover:
 * as many as there are, or more where it was solved at a smaller size.
 */
export const clonePreview = v.object({
  at: placement,
  full: pixelSize,
  ...pixelDescriptor.entries,
});
