/**
 * How a batch enters a graph: cut into chunks whose activations stay in cache, each chunk its own inputs, each input a
 * view of the batch's arrays, so that nothing is copied on the way in.
 */
import { Tensor } from 'onnxruntime-node';

import type { Ref } from '../onnx/graph-builder.ts';
import type { Batch, BatchShape, Samples } from '../siren/engine.ts';
import { directionsOf, sampleKinds } from '../siren/loss-gradient.ts';
import type { Chunk, SampleKind } from '../siren/loss-gradient.ts';
import type { CountedOps } from './counted-ops.ts';

/** Rows [start, start + rows) of the samples of one kind. */
interface ChunkRange {
  readonly kind: SampleKind;
  readonly start: number;
  readonly rows: number;
  readonly stem: string;
}

/** Rows whose activations stay in a core's cache while the products stay efficient; measured in the bench. */
export const CACHE_ROWS = 512;

/** How a batch is cut, and which of a graph's steps it belongs to. */
export interface BatchPlace {
  readonly chunkRows?: number;
  /** In front of the names of its inputs. */
  readonly prefix?: string;
}

/** Cuts every kind's samples into chunks of nearly equal size. */
function chunkRanges(shape: BatchShape, { chunkRows = CACHE_ROWS, prefix = '' }: BatchPlace): ChunkRange[] {
  return sampleKinds.flatMap((kind) => {
    const n = shape[kind];
    const count = Math.ceil(n / chunkRows);
    const cut = (i: number) => Math.round((i * n) / count);
    return Array.from({ length: count }, (_, i) => ({
      kind,
      start: cut(i),
      rows: cut(i + 1) - cut(i),
      stem: `${prefix}${kind}.${i}`,
    }));
  });
}

/** Declares the inputs of a batch. */
export function declareChunks(
  counted: CountedOps,
  channels: number,
  shape: BatchShape,
  place: BatchPlace = {},
): Chunk<Ref>[] {
  return chunkRanges(shape, place).map(({ kind, rows, stem }) => {
    const points = counted.input(`${stem}.points`, [rows, 2]);
    const target = counted.input(`${stem}.target`, [rows, channels]);
    const weight = counted.input(`${stem}.weight`, [rows, 1]);
    const directions = {
      0: () => [],
      1: () => [counted.input(`${stem}.direction`, [rows, 2])],
      2: () => [counted.axis(1, 0, rows), counted.axis(0, 1, rows)],
    };
    return { kind, points, directions: directions[directionsOf[kind]](), target, weight };
  });
}

/** Empty arrays for the samples of every kind; `allocate` gives room for so many numbers. */
export function emptyBatch(
  shape: BatchShape,
  channels: number,
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): Batch {
  const samples = (n: number): Samples => ({
    points: allocate(2 * n),
    direction: allocate(2 * n),
    target: allocate(channels * n),
    weight: allocate(n),
  });
  return {
    value: samples(shape.value),
    directional: samples(shape.directional),
    laplacian: samples(shape.laplacian),
  };
}

/** The feeds of a batch: tensors that look into its arrays. */
export function batchFeeds(
  batch: Batch,
  channels: number,
  shape: BatchShape,
  place: BatchPlace = {},
): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const { kind, start, rows, stem } of chunkRanges(shape, place)) {
    const part = (data: Float32Array, columns: number) =>
      new Tensor('float32', data.subarray(start * columns, (start + rows) * columns), [rows, columns]);
    const samples = batch[kind];
    feeds[`${stem}.points`] = part(samples.points, 2);
    feeds[`${stem}.target`] = part(samples.target, channels);
    feeds[`${stem}.weight`] = part(samples.weight, 1);
    if (directionsOf[kind] === 1) feeds[`${stem}.direction`] = part(samples.direction, 2);
  }
  return feeds;
}
