import * as v from 'valibot';
import { channelCount, handle, whole } from './primitives.ts';

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

export const sample = v.object({
  /** What `images:open-sample` takes: astronaut, coffee, rocket, moon, camera, brick. */
  name: v.string(),
  width: whole(1, 1e6),
  height: whole(1, 1e6),
});

/** So many pixels. */
export const pixelSize = v.object({ width: whole(1, 1e6), height: whole(1, 1e6) });
