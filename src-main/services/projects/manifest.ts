import * as v from 'valibot';
import {
  contentHash,
  keptDocument,
  keptResult,
  maxLayers,
} from '../../../src-shared/contract/project-schemas.ts';
import { handle } from '../../../src-shared/contract/primitives.ts';
import { largestTrainingState } from './kept-training.ts';
import { badProject } from './archive.ts';
import { picturesOf, resultsOf } from './handles.ts';
import { migrate } from './migrations.ts';

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const text = (length: number) => v.pipe(v.string(), v.maxLength(length));

/** A photograph (or the mask that a result was made with), named by its content. */
export const keptPicture = v.strictObject({
  hash: contentHash,
  name: text(255),
  width: whole(1, 1e6),
  height: whole(1, 1e6),
  bytes: whole(1, 2 ** 31 - 1),
  /** Where it lay when it was last seen: a file of this machine, or one of the app's own samples. Null: nowhere. */
  origin: v.nullable(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('file'), path: text(4096) }),
      v.strictObject({ kind: v.literal('sample'), name: text(100) }),
    ]),
  ),
});
export type KeptPicture = v.InferOutput<typeof keptPicture>;

/** The version that is written. */
export const newestVersion = 2;

const manifest = v.strictObject({
  format: v.literal('seamfield-project'),
  version: v.literal(newestVersion),
  /** The Seamfield that wrote it. */
  application: text(40),
  document: keptDocument,
  pictures: v.pipe(
    v.array(
      v.strictObject({
        ...keptPicture.entries,
        /** Whether it lies in the project itself, as pictures/<hash>. */
        embedded: v.boolean(),
        /** The way to it from the project's folder, with forward slashes; null where there is none. */
        relative: v.nullable(text(4096)),
      }),
    ),
    v.maxLength(400),
  ),
  /** Each lies in the project as masks/<layerId>.png. */
  masks: v.pipe(
    v.array(v.strictObject({ layerId: handle, width: whole(1, 1e6), height: whole(1, 1e6) })),
    v.maxLength(maxLayers),
  ),
  /** Each network lies in the project as networks/<hash>.onnx, its training's state as training/<hash>.bin. */
  results: v.pipe(v.array(keptResult), v.maxLength(64)),
});
export type Manifest = v.InferOutput<typeof manifest>;

/** Names of the entries of a project. */
export const entryOf = {
  manifest: 'manifest.json',
  picture: (hash: string) => `pictures/${hash}`,
  mask: (layerId: string) => `masks/${layerId}.png`,
  network: (hash: string) => `networks/${hash}.onnx`,
  training: (hash: string) => `training/${hash}.bin`,
} as const;

/** Largest entries, bytes. */
export const entryLimits = {
  manifest: 16 * 2 ** 20,
  picture: 2 ** 30,
  mask: 256 * 2 ** 20,
  network: 256 * 2 ** 20,
  training: largestTrainingState,
} as const;

/** Reads a manifest of any version. Throws `newer-project`, and `bad-project` for what is wrong with it. */
export function parseManifest(bytes: Uint8Array, name: string): Manifest {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badProject(name, 'its manifest is damaged');
  }
  const parsed = v.safeParse(manifest, migrate(raw, name));
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? 'manifest';
    throw badProject(name, `“${where}” in its manifest is wrong`);
  }
  checkReferences(parsed.output, name);
  return parsed.output;
}

/** Everything that the document names must be there, once, and of the right size. */
function checkReferences({ document, pictures, masks, results }: Manifest, name: string): void {
  const known = new Map(pictures.map((picture) => [picture.hash, picture]));
  const layers = new Map(document.composition?.layers.map((layer) => [layer.id, layer]));
  const networks = new Set(results.map(({ network }) => network));
  const isUnique =
    known.size === pictures.length &&
    networks.size === results.length &&
    new Set(masks.map(({ layerId }) => layerId)).size === masks.length;
  if (!isUnique) throw badProject(name, 'it names one thing twice');
  if (!picturesOf(document).every((hash) => known.has(hash)))
    throw badProject(name, 'it names a photograph that it doesn’t have');
  for (const { layerId, width, height } of masks) {
    const source = known.get(layers.get(layerId)?.source ?? '');
    if (source?.width !== width || source.height !== height) {
      throw badProject(name, 'a mask in it is not of its layer’s size');
    }
  }
  if (!resultsOf(document).every((hash) => networks.has(hash)))
    throw badProject(name, 'it names a result that it doesn’t have');
}
