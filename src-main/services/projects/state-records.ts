import { promisify } from 'node:util';
import { deflate as deflateCallback, inflate as inflateCallback } from 'node:zlib';
import * as v from 'valibot';
import { contentHash, keptDocument, keptResult } from '../../../src-shared/contract/project-schemas.ts';
import { handle } from '../../../src-shared/contract/primitives.ts';
import type { JournalRecord } from './journal-records.ts';
import { keptPicture } from './manifest.ts';
import { applied, emptyState } from './work-state.ts';
import type { MaskPatch, WorkChange, WorkState } from './work-state.ts';

const deflate = promisify(deflateCallback);
const inflate = promisify(inflateCallback);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32));

const patch = v.strictObject({
  layerId: handle,
  x: count,
  y: count,
  width: count,
  height: count,
  /** Of its deflated bytes, which follow in order. */
  length: count,
});

const savedAs = v.strictObject({ path: v.string(), name: v.string() });

/** A change as facts. The first record of a journal is the change that leads from nothing to its state. */
const changeFacts = v.strictObject({
  version: v.literal(1),
  document: v.exactOptional(keptDocument),
  pictures: v.exactOptional(v.array(keptPicture)),
  results: v.exactOptional(v.array(keptResult)),
  patches: v.exactOptional(v.array(patch)),
  thumbnail: v.exactOptional(contentHash),
  savedAs: v.exactOptional(savedAs),
  savedFiles: v.exactOptional(v.pipe(v.array(contentHash), v.maxLength(2))),
  savedContent: v.exactOptional(contentHash),
  /** Of records of earlier versions, which counted; what they say was saved is taken for unsaved. */
  savedRevision: v.exactOptional(v.number()),
  changedAt: v.exactOptional(v.number()),
  /** Of a first record: the revision that it is. */
  revision: v.exactOptional(count),
});

export async function recordOf(change: WorkChange, revision?: number): Promise<JournalRecord> {
  const { patches, ...rest } = change;
  const packed = await Promise.all((patches ?? []).map(({ data }) => deflate(data, { level: 1 })));
  const facts = {
    version: 1,
    ...rest,
    ...(patches && {
      patches: patches.map(({ layerId, x, y, width, height }, i) => {
        return { layerId, x, y, width, height, length: packed[i]!.length };
      }),
    }),
    ...(revision !== undefined && { revision }),
  };
  return { facts, bytes: Buffer.concat(packed) };
}

/** A record that holds all of a state. */
export function wholeRecord(state: WorkState): Promise<JournalRecord> {
  const {
    document,
    pictures,
    masks,
    results,
    thumbnail,
    savedAs,
    savedFiles,
    savedContent,
    changedAt,
    revision,
  } = state;
  const patches = [...masks].map(([layerId, raster]): MaskPatch => ({ layerId, x: 0, y: 0, ...raster }));
  return recordOf(
    {
      document,
      pictures: [...pictures.values()],
      results: [...results.values()],
      patches,
      ...(thumbnail !== null && { thumbnail }),
      ...(savedAs !== null && { savedAs }),
      ...(savedFiles.length > 0 && { savedFiles }),
      ...(savedContent !== null && { savedContent }),
      changedAt,
    },
    revision,
  );
}

/** Throws for what is none of our records. */
export async function stateOfRecord(record: JournalRecord): Promise<WorkState> {
  const { revision } = v.parse(changeFacts, record.facts);
  if (revision === undefined) throw new Error('This record holds a change, not all.');
  return { ...(await afterRecord(emptyState, record)), revision };
}

/** Throws for what is none of our records, or does not follow on this state. */
export async function afterRecord(state: WorkState, record: JournalRecord): Promise<WorkState> {
  const { patches, ...rest } = v.parse(changeFacts, record.facts);
  let at = 0;
  const unpacked: MaskPatch[] = [];
  for (const { length, ...place } of patches ?? []) {
    const expected = place.width * place.height;
    const data = await inflate(record.bytes.subarray(at, at + length), {
      maxOutputLength: Math.max(expected, 1),
    });
    if (data.length !== expected) throw new Error('A mask is not of its size.');
    unpacked.push({ ...place, data });
    at += length;
  }
  return applied(state, { ...rest, ...(patches && { patches: unpacked }) });
}
