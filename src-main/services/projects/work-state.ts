import { createHash } from 'node:crypto';
import type { KeptDocument, KeptResult } from '../../../src-shared/contract/project-schemas.ts';
import type { GreyRaster } from '../../imaging/grey-png.ts';
import type { KeptPicture } from './manifest.ts';
import { hashOf } from './objects.ts';

/** Where a project was saved. `name` is for display, without its ending. */
export interface SavedAs {
  readonly path: string;
  readonly name: string;
}

/** A person's work, whole. Photographs and networks are named by their content and lie as files of the work's folder. */
export interface WorkState {
  readonly document: KeptDocument;
  readonly pictures: ReadonlyMap<string, KeptPicture>;
  /** By the layer's id, of its source's size. A layer without one selects nothing. */
  readonly masks: ReadonlyMap<string, GreyRaster>;
  /** By the network's hash. */
  readonly results: ReadonlyMap<string, KeptResult>;
  /** Hash of a small picture of it. */
  readonly thumbnail: string | null;
  readonly savedAs: SavedAs | null;
  /** Hashes of what that file may hold, see SavedFile; none where nobody knows. */
  readonly savedFiles: readonly string[];
  /** Counts the changes. */
  readonly revision: number;
  /** What the project's file holds, as `contentOf` names it; null where there is none. */
  readonly savedContent: string | null;
  /** Ms since 1970; for display only. */
  readonly changedAt: number;
}

/** A changed rectangle of a mask. */
export interface MaskPatch extends GreyRaster {
  readonly layerId: string;
  readonly x: number;
  readonly y: number;
}

/** What a step of the work changes; what is absent stays as it is. */
export interface WorkChange {
  readonly document?: KeptDocument;
  readonly pictures?: readonly KeptPicture[];
  readonly results?: readonly KeptResult[];
  readonly patches?: readonly MaskPatch[];
  readonly thumbnail?: string;
  readonly savedAs?: SavedAs;
  readonly savedFiles?: readonly string[];
  /** This content has been saved. */
  readonly savedContent?: string;
  readonly changedAt?: number;
}

const emptyDocument: KeptDocument = {
  workspace: 'reconstruct',
  pictures: 'embedded',
  reconstruction: null,
  composition: null,
};

export const emptyState: WorkState = {
  document: emptyDocument,
  pictures: new Map(),
  masks: new Map(),
  results: new Map(),
  thumbnail: null,
  savedAs: null,
  savedFiles: [],
  revision: 0,
  savedContent: null,
  changedAt: 0,
};

/** Nothing is open in it: its page has closed what was. */
export function isEmptyWork({ document }: Pick<WorkState, 'document'>): boolean {
  return document.composition === null && document.reconstruction === null;
}

/** Whether the project's file, if there is one, holds all of it. */
export function isSaved(state: WorkState): boolean {
  return isEmptyWork(state) || (state.savedContent !== null && state.savedContent === contentOf(state));
}

/** Names what a project's file holds of a work: the same document under the same masks has the same name. */
export function contentOf({ document, masks }: Pick<WorkState, 'document' | 'masks'>): string {
  const content = createHash('sha256').update(JSON.stringify(document));
  for (const [layerId, mask] of [...masks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = nameOfMask(mask);
    // A layer without a mask selects as little.
    if (name !== null) content.update(`\n${layerId} ${mask.width}×${mask.height} ${name}`);
  }
  return content.digest('hex');
}

const namesOfMasks = new WeakMap<GreyRaster, string | null>();

/** Null for one that selects nothing. The mask of a state never changes, so it is looked at once. */
function nameOfMask(mask: GreyRaster): string | null {
  const known = namesOfMasks.get(mask);
  if (known !== undefined) return known;
  const name = mask.data.some((value) => value !== 0) ? hashOf(mask.data) : null;
  namesOfMasks.set(mask, name);
  return name;
}

/**
 * The state after a change: the one place where work changes, so that what is replayed is what was done.
 *
 * Throws a RangeError for a patch that lies on no layer's mask, or beyond it.
 */
export function applied(state: WorkState, change: WorkChange): WorkState {
  const { document = state.document } = change;
  const pictures = merged(state.pictures, change.pictures, ({ hash }) => hash);
  const results = merged(state.results, change.results, ({ network }) => network);
  const masks = masksAfter({ document, pictures, masks: state.masks }, change.patches ?? []);
  const isNew = change.document !== undefined || change.patches !== undefined || change.results !== undefined;
  return {
    document,
    pictures,
    masks,
    results,
    thumbnail: change.thumbnail ?? state.thumbnail,
    savedAs: change.savedAs ?? state.savedAs,
    savedFiles: change.savedFiles ?? state.savedFiles,
    revision: state.revision + (isNew ? 1 : 0),
    savedContent: change.savedContent ?? state.savedContent,
    changedAt: change.changedAt ?? state.changedAt,
  };
}

/** Whether a patch puts anything into its mask that is not there: a page that opens work tells it all anew. */
export function isNewPatch({ masks }: Pick<WorkState, 'masks'>, patch: MaskPatch): boolean {
  const mask = masks.get(patch.layerId);
  if (mask === undefined || patch.x + patch.width > mask.width || patch.y + patch.height > mask.height) {
    return true;
  }
  return patch.data.some((value, i) => {
    const [x, y] = [patch.x + (i % patch.width), patch.y + Math.floor(i / patch.width)];
    return mask.data[y * mask.width + x] !== value;
  });
}

function merged<T>(
  known: ReadonlyMap<string, T>,
  added: readonly T[] | undefined,
  keyOf: (item: T) => string,
): ReadonlyMap<string, T> {
  return added === undefined
    ? known
    : new Map([...known, ...added.map((item) => [keyOf(item), item] as const)]);
}

/** Masks of layers that are gone are dropped, and one is dropped whose layer has a source of another size now. */
function masksAfter(
  { document, pictures, masks }: Pick<WorkState, 'document' | 'pictures' | 'masks'>,
  patches: readonly MaskPatch[],
): ReadonlyMap<string, GreyRaster> {
  const sizes = new Map(
    document.composition?.layers.map(({ id, source }) => [id, pictures.get(source)] as const) ?? [],
  );
  const kept = new Map(
    [...masks].filter(([id, { width, height }]) => {
      const size = sizes.get(id);
      return size?.width === width && size.height === height;
    }),
  );
  const copied = new Set<string>();
  for (const patch of patches) {
    const size = sizes.get(patch.layerId);
    if (size === undefined) throw new RangeError(`There is no layer ${patch.layerId}.`);
    const { width, height } = size;
    if (patch.x + patch.width > width || patch.y + patch.height > height) {
      throw new RangeError(`A patch lies beyond the mask of ${patch.layerId}.`);
    }
    const before = kept.get(patch.layerId)?.data;
    // The mask of the state before stays as it was, should this change come to nothing.
    const data =
      copied.has(patch.layerId) && before ? before : (before?.slice() ?? new Uint8Array(width * height));
    copied.add(patch.layerId);
    for (let y = 0; y < patch.height; y++) {
      data.set(patch.data.subarray(y * patch.width, (y + 1) * patch.width), (patch.y + y) * width + patch.x);
    }
    kept.set(patch.layerId, { width, height, data });
  }
  return kept;
}
