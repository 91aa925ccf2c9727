import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { badProject } from './archive.ts';

/** Makes the manifest of one version into that of the next. Pure; it may trust what it reads no more than a parser may. */
export type Migration = (manifest: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** `migrations[n]` leads from version n+1 to n+2. A version that has been released stays here for ever. */
export const migrations: readonly Migration[] = [];

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
