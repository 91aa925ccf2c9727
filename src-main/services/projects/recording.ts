import type { RequestOf } from '../../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { decodeGreyPng } from '../../imaging/grey-png.ts';
import type { Parts } from '../uploads/parts.ts';
import { asSentence } from './as-sentence.ts';
import { picturesOf, renamed, resultsOf } from './handles.ts';
import type { KeptPicture } from './manifest.ts';
import type { OpenedWork, Surroundings } from './open-work.ts';
import type { NewResult } from './results.ts';
import { isNewPatch } from './work-state.ts';
import type { MaskPatch } from './work-state.ts';

type Told = RequestOf<'projects:record'>;

/** Pixels of a mask's patch: as many as a photograph may have. */
const maxPatchPixels = 100_000_000;

/**
 * Makes of a work what a page says that it is, and has it on disk. What the page says and the work holds already is no
 * change.
 *
 * Throws `unwritable-output` where the disk takes nothing, with the work's handle among its details, and
 * `unknown-handle`.
 */
export async function record(
  { work, pictures, results }: OpenedWork,
  { document, patches, thumbnailId }: Told,
  { images, parts }: Pick<Surroundings, 'images' | 'parts'>,
): Promise<void> {
  try {
    const found = new Map<string, KeptPicture>();
    for (const imageId of picturesOf(document)) found.set(imageId, await pictures.keep(imageId));
    const made = new Map<string, NewResult>();
    const keepKnown = async (id: string) => (images.isKnown(id) ? pictures.keep(id) : undefined);
    for (const jobId of resultsOf(document)) {
      const result = await results.keep(jobId, keepKnown);
      if (result !== undefined) made.set(jobId, result);
    }
    const kept = renamed(
      document,
      (imageId) => found.get(imageId)!.hash,
      (jobId) => made.get(jobId)?.result.network ?? null,
    );
    const told = await Promise.all(patches.map((patch) => decoded(patch, parts)));
    const used = [...found.values(), ...[...made.values()].flatMap(({ pictures }) => pictures)];
    const newPictures = used.filter(({ hash }) => !work.state.pictures.has(hash));
    const newResults = [...made.values()]
      .map(({ result }) => result)
      .filter(({ network }) => !work.state.results.has(network));
    const isNew = JSON.stringify(kept) !== JSON.stringify(work.state.document);
    const masks = isNew ? told : told.filter((patch) => isNewPatch(work.state, patch));
    const thumbnail =
      thumbnailId === undefined ? undefined : await work.objects.put(await parts.read(thumbnailId));
    if (isNew || masks.length > 0 || newResults.length > 0 || thumbnail !== undefined || work.isBehind) {
      await work.change({
        ...(isNew && { document: kept }),
        ...(newPictures.length > 0 && { pictures: newPictures }),
        ...(newResults.length > 0 && { results: newResults }),
        ...(masks.length > 0 && { patches: masks }),
        ...(thumbnail !== undefined && { thumbnail }),
        changedAt: Date.now(),
      });
    }
  } catch (cause) {
    const { code, message, details } = asSentence(cause, 'Your changes can’t be kept just now');
    throw new SeamfieldError(code, message, { ...details, workId: work.workId });
  }
}

async function decoded(
  { layerId, partId, x, y }: Told['patches'][number],
  parts: Pick<Parts, 'read'>,
): Promise<MaskPatch> {
  const raster = await decodeGreyPng(await parts.read(partId), 'This mask', maxPatchPixels);
  return { layerId, x, y, ...raster };
}
