import * as v from 'valibot';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { badProject } from './archive.ts';

/** Makes the manifest of one version into that of the next. Pure; it may trust what it reads no more than a parser may. */
export type Migration = (manifest: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** What of a version 1 its migration reads, and as little else as can be. */
const version1 = v.object({
  document: v.looseObject({ reconstruction: v.nullish(v.looseObject({ result: v.unknown() })) }),
  pictures: v.array(v.object({ hash: v.unknown() })),
  results: v.array(v.object({ network: v.unknown(), request: v.record(v.string(), v.unknown()) })),
});

/** Version 1 knew a fusion's second photograph by the finished training alone. */
const withFuse: Migration = (manifest) => {
  const { success, output } = v.safeParse(version1, manifest);
  if (!success) return { ...manifest };
  const { document, results, pictures } = output;
  const { reconstruction } = document;
  const made = results.find(({ network }) => network === reconstruction?.result);
  const { kind, imageB: second, alpha } = made?.request ?? {};
  if (kind !== 'fuse' || !pictures.some(({ hash }) => hash === second)) return { ...manifest };
  return {
    ...manifest,
    document: { ...document, reconstruction: { ...reconstruction, fuse: { second, alpha } } },
  };
};

/** `migrations[n]` leads from version n+1 to n+2. A version that has been released stays here for ever. */
export const migrations: readonly Migration[] = [withFuse];

/**
 * A manifest of any version up to the newest as one of the newest; its shape is not looked at beyond its version.
 *
 * Throws `newer-project` for one that a later Seamfield wrote, `bad-project` for one without a version.
 *
 * @param name what the file is called in a sentence
 */
export function migrate(
  manifest: unknown,
  name: string,
  steps: readonly Migration[] = migrations,
): Record<string, unknown> {
  const newest = steps.length + 1;
  if (typeof manifest !== 'object' || manifest === null) throw badProject(name, 'its manifest is damaged');
  const { format, version } = manifest as { format?: unknown; version?: unknown };
  if (format !== 'seamfield-project' || !Number.isInteger(version) || Number(version) < 1) {
    throw badProject(name, 'its manifest is none of Seamfield’s');
  }
  const written = Number(version);
  if (written > newest) {
    throw new SeamfieldError(
      'newer-project',
      `${name} was saved by a newer Seamfield (project version ${written}; this one reads up to ${newest}). ` +
        `Update Seamfield to open it.`,
      { name, version: written, newest },
    );
  }
  return steps
    .slice(written - 1)
    .reduce<Record<string, unknown>>(
      (from, step, i) => ({ ...step(from), format, version: written + i + 1 }),
      { ...manifest },
    );
}
