import { createHash } from 'node:crypto';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { KeptResult, LostPicture } from '../../../src-shared/contract/project-schemas.ts';
import { decodeGreyPng, encodeGreyPng } from '../../imaging/grey-png.ts';
import type { GreyRaster } from '../../imaging/grey-png.ts';
import { checkTraining } from './kept-training.ts';
import { archiveLimits, badProject, openArchive, writeArchive } from './archive.ts';
import type { Archive, NewEntry } from './archive.ts';
import { removeParts, writeAtomically } from '../../disk/atomic-write.ts';
import type { Disk, DiskFile } from '../../disk/disk.ts';
import { picturesOf, resultsOf, stringsIn } from './handles.ts';
import { entryLimits, entryOf, newestVersion, parseManifest } from './manifest.ts';
import type { KeptPicture, Manifest } from './manifest.ts';
import { hashOf } from './objects.ts';
import type { Objects } from './objects.ts';
import { emptyState } from './work-state.ts';
import type { WorkState } from './work-state.ts';

/** A project's file ends so; the version before it is kept with `backupEnding` behind. */
export const projectEnding = '.seamfield';
export const backupEnding = '.bak';

/** Pixels of a mask that are taken from a stranger: as many as a photograph may have. */
const maxMaskPixels = 100_000_000;

/**
 * Writes a state as a project, whole or not at all, the version before it kept. Throws what the disk throws.
 *
 * What earlier saves of it did not live to finish goes.
 *
 * @param onWritten told the SHA-256 of the new file before it takes the old one's place
 */
export async function saveProject(
  disk: Disk,
  path: string,
  state: WorkState,
  objects: Objects,
  application: string,
  onWritten: (hash: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const entries = await entriesOf(state, objects, application, dirname(path));
  const write = async (file: DiskFile) => {
    const content = createHash('sha256');
    const hashed = {
      write: (bytes: Uint8Array) => {
        content.update(bytes);
        return file.write(bytes);
      },
    };
    await writeArchive(hashed, entries, new Date());
    await onWritten(content.digest('hex'));
  };
  await removeParts(disk, dirname(path), basename(path));
  const mode = (await disk.mode(path)) ?? 0o644;
  await writeAtomically(disk, path, write, { previous: path + backupEnding, mode });
}

/** A project's file as a download: the bytes alone. `folder` is where links are relative to; none for a download. */
export async function projectBytes(
  state: WorkState,
  objects: Objects,
  application: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const file = { write: (bytes: Uint8Array) => Promise.resolve(void chunks.push(bytes)) };
  await writeArchive(file, await entriesOf(state, objects, application, null), new Date());
  return Buffer.concat(chunks);
}

async function entriesOf(
  state: WorkState,
  objects: Objects,
  application: string,
  folder: string | null,
): Promise<NewEntry[]> {
  const { document, masks } = state;
  const results = await Promise.all(resultsIn(state).map((result) => withWholeTraining(result, objects)));
  const linked = document.pictures === 'linked';
  const pictures = picturesIn(state).map((picture) => {
    const isLinked = linked && picture.origin !== null;
    const path = picture.origin?.kind === 'file' ? picture.origin.path : null;
    // Whom an embedded photograph is shown to need not learn where it lay.
    return {
      ...picture,
      origin: isLinked ? picture.origin : null,
      embedded: !isLinked,
      relative: isLinked && path !== null && folder !== null ? relativeWay(folder, path) : null,
    };
  });
  const manifest: Manifest = {
    format: 'seamfield-project',
    version: newestVersion,
    application,
    document,
    pictures,
    masks: [...masks].map(([layerId, { width, height }]) => ({ layerId, width, height })),
    results,
  };
  const object = (name: string, hash: string): NewEntry => ({
    name,
    compress: false,
    read: async () => {
      const bytes = await objects.read(hash);
      if (bytes === undefined) throw new Error('A photograph kept by the autosave is damaged; open it again');
      return bytes;
    },
  });
  return [
    { name: entryOf.manifest, compress: true, read: () => Buffer.from(JSON.stringify(manifest, null, 2)) },
    ...[...masks].map(([layerId, mask]): NewEntry => {
      return { name: entryOf.mask(layerId), compress: false, read: () => encodeGreyPng(mask) };
    }),
    ...pictures.filter(({ embedded }) => embedded).map(({ hash }) => object(entryOf.picture(hash), hash)),
    ...results.map(({ network }) => object(entryOf.network(network), network)),
    ...results.flatMap(({ training }) =>
      training === undefined ? [] : [object(entryOf.training(training.state), training.state)],
    ),
  ];
}

/** A result without its training's state where that is not what it was: a project is worth saving without it. */
async function withWholeTraining(result: KeptResult, objects: Objects): Promise<KeptResult> {
  const { training, ...rest } = result;
  if (training === undefined || (await objects.isWhole(training.state))) return result;
  return rest;
}

/** The results that the document still shows. */
export function resultsIn({ document, results }: WorkState): KeptResult[] {
  const shown = resultsOf(document);
  return [...results.values()].filter(({ network }) => shown.includes(network));
}

/** The photographs that the document and its results are made of. */
export function picturesIn(state: WorkState): KeptPicture[] {
  const wanted = new Set([
    ...picturesOf(state.document),
    ...resultsIn(state).flatMap(({ request }) => stringsIn(request)),
  ]);
  return [...state.pictures.values()].filter(({ hash }) => wanted.has(hash));
}

function relativeWay(folder: string, path: string): string | null {
  const way = relative(folder, path);
  return isAbsolute(way) ? null : way.split(sep).join('/');
}

/** A project as it was read: what was embedded lies among the objects; of what was linked, what could be found. */
export interface ReadProject {
  readonly state: WorkState;
  readonly lost: readonly LostPicture[];
  /** What of it could not be read and is no reason to refuse it, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a project that may come from anybody. Everything embedded goes into `objects`, as does every linked photograph
 * that is found unchanged.
 *
 * Throws `bad-project`, `newer-project`, and what the disk throws.
 *
 * @param folder the project's own, which links are looked up from; null for one that was uploaded
 * @param sampleAt the path of one of the app's own photographs; undefined for an unknown name
 */
export async function readProject(
  disk: Disk,
  bytes: Uint8Array,
  name: string,
  objects: Objects,
  folder: string | null,
  sampleAt: (name: string) => string | undefined,
): Promise<ReadProject> {
  if (bytes.length > archiveLimits.file) throw tooLarge(name);
  const archive = await openArchive(bytes, name);
  const manifest = parseManifest(await archive.read(entryOf.manifest, entryLimits.manifest), name);
  checkNames(manifest, archive, name);
  const masks = new Map<string, GreyRaster>();
  for (const { layerId, width, height } of manifest.masks) {
    const entry = entryOf.mask(layerId);
    const mask = await decodeGreyPng(await archive.read(entry, entryLimits.mask), entry, maxMaskPixels);
    if (mask.width !== width || mask.height !== height)
      throw badProject(name, `${entry} in it is of another size`);
    masks.set(layerId, mask);
  }
  const take = async (entry: string, limit: number, hash: string) => {
    const content = await archive.read(entry, limit);
    if (hashOf(content) !== hash) throw badProject(name, `${entry} in it is not what it was`);
    await objects.put(content);
  };
  const results = new Map<string, KeptResult>();
  const notes: string[] = [];
  for (const { training, ...result } of manifest.results) {
    await take(entryOf.network(result.network), entryLimits.network, result.network);
    results.set(result.network, result);
    if (training === undefined) continue;
    try {
      const { facts, state } = training;
      checkTraining(facts, await archive.read(entryOf.training(state), entryLimits.training));
      await take(entryOf.training(state), entryLimits.training, state);
      results.set(result.network, { ...result, training });
    } catch {
      notes.push(
        `The state of a training in ${name} is damaged: its network is there, but can’t be trained further.`,
      );
    }
  }
  const lost: LostPicture[] = [];
  const pictures = new Map<string, KeptPicture>();
  for (const { embedded, relative: way, ...picture } of manifest.pictures) {
    pictures.set(picture.hash, picture);
    if (embedded) {
      await take(entryOf.picture(picture.hash), entryLimits.picture, picture.hash);
      continue;
    }
    const found = await findLinked(disk, picture, linkedPaths(picture, way, folder, sampleAt));
    if ('bytes' in found) {
      await objects.put(found.bytes);
      if (found.path !== undefined && picture.origin?.kind === 'file') {
        pictures.set(picture.hash, { ...picture, origin: { kind: 'file', path: found.path } });
      }
    } else {
      const { hash, width, height } = picture;
      lost.push({ hash, name: picture.name, width, height, reason: found.reason });
    }
  }
  const { document } = manifest;
  return { state: { ...emptyState, document, pictures, masks, results, revision: 1 }, lost, notes };
}

export function tooLarge(name: string): SeamfieldError {
  return badProject(name, 'it is larger than 1 GiB');
}

/** Nothing lies in a project but what its manifest names. */
function checkNames({ pictures, masks, results }: Manifest, { names }: Archive, name: string): void {
  const expected = new Set<string>([
    entryOf.manifest,
    ...masks.map(({ layerId }) => entryOf.mask(layerId)),
    ...pictures.filter(({ embedded }) => embedded).map(({ hash }) => entryOf.picture(hash)),
    ...results.map(({ network }) => entryOf.network(network)),
    ...results.flatMap(({ training }) => (training === undefined ? [] : [entryOf.training(training.state)])),
  ]);
  for (const found of names) {
    if (!expected.has(found)) throw badProject(name, 'it holds a file that no project has');
  }
}

/** Where a linked photograph may lie: beside the project first, for folders are moved as a whole. */
function linkedPaths(
  { origin }: KeptPicture,
  way: string | null,
  folder: string | null,
  sampleAt: (name: string) => string | undefined,
): string[] {
  if (origin?.kind === 'sample') return [sampleAt(origin.name)].filter((path) => path !== undefined);
  // An upload comes from another machine, or from a stranger: its paths mean nothing here.
  if (origin === null || folder === null) return [];
  const beside = way === null || isAbsolute(way) ? [] : [resolve(folder, way)];
  return [...beside, ...(isAbsolute(origin.path) ? [origin.path] : [])].filter(isLocal);
}

/** A path of a Windows share would have the system log in at whatever machine it names. */
function isLocal(path: string): boolean {
  return !/^[\\/]{2}/.test(path);
}

async function findLinked(
  disk: Disk,
  { bytes: length, hash, name }: KeptPicture,
  paths: readonly string[],
): Promise<{ readonly bytes: Uint8Array; readonly path?: string } | { readonly reason: string }> {
  let changed = false;
  for (const path of paths) {
    const size = await disk.size(path).catch(() => undefined);
    if (size === undefined) continue;
    const bytes = size === length ? await disk.read(path).catch(() => undefined) : undefined;
    if (bytes !== undefined && hashOf(bytes) === hash) return { bytes, path };
    changed = true;
  }
  const reason = changed
    ? `${name} has changed since the project was saved; choose the photograph as it was.`
    : `${name} is not where it was when the project was saved; choose where it is now.`;
  return { reason };
}
