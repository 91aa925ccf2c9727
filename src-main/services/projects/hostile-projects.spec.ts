import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { foundFiles } from '../../../tests/fixtures/hostile/found.ts';
import { fuzzing } from '../../../tests/fixtures/hostile/fuzz.ts';
import { edited, editsOf } from '../../../tests/fixtures/hostile/mutate.ts';
import {
  goodManifest,
  goodProject,
  hostileProjects,
  projectOf,
  snoopingProjects,
} from '../../../tests/fixtures/hostile/projects.ts';
import { Objects } from './objects.ts';
import { readProject } from './project-file.ts';
import type { ReadProject } from './project-file.ts';
import { sampleFile } from '../samples.ts';
import { MemoryDisk } from '../../disk/testing.ts';
import { documentWith } from './testing.ts';

/** A disk that notes what it was asked about outside the folder of the work. */
class WatchedDisk extends MemoryDisk {
  readonly asked: string[] = [];
  override size(path: string) {
    this.asked.push(path);
    return super.size(path);
  }
}

const sampleAt = (name: string) => {
  try {
    return sampleFile('/app/samples', name).path;
  } catch {
    return undefined;
  }
};

function read(
  bytes: Uint8Array,
  disk = new MemoryDisk(),
  folder: string | null = null,
): Promise<ReadProject> {
  return readProject(disk, bytes, 'stranger.seamfield', new Objects(disk, '/objects'), folder, sampleAt);
}

/** The project, or the code of its refusal. */
async function outcome(bytes: Uint8Array): Promise<ReadProject | string> {
  try {
    return await read(bytes);
  } catch (thrown) {
    if (!(thrown instanceof SeamfieldError)) throw thrown;
    expect(thrown.message).toMatch(/^[^\n]{10,400}\.$/);
    return thrown.code;
  }
}

describe('a stranger’s project', () => {
  it('that is sound opens', async () => {
    const { state, lost } = await read(goodProject);
    expect(lost).toEqual([]);
    expect(state.document).toEqual(documentWith(['a']));
    expect(state.masks.get('a')).toMatchObject({ width: 6, height: 4 });
  });

  it.each(hostileProjects)('$name is refused', async ({ bytes, refusal }) => {
    expect(await outcome(bytes)).toBe(refusal);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(snoopingProjects)('$name is given nothing of this machine', async ({ bytes }) => {
    const disk = new WatchedDisk();
    const { lost } = await read(bytes, disk);
    expect(lost).toHaveLength(1);
    expect(disk.asked).toEqual([]);
  });

  it.each(foundFiles('projects'))('found earlier, %s, opens or is refused', async (_, path) => {
    await outcome(readFileSync(path));
  });
});

describe('a good project', () => {
  it('with bits flipped, numbers at their extremes, cut or spliced, opens as it was or is refused', () =>
    fc.assert(
      fc.asyncProperty(editsOf, async (edits) => {
        const found = await outcome(edited(goodProject, goodProject, edits));
        if (typeof found === 'string')
          expect(found).toMatch(/^(bad-project|newer-project|unreadable-image)$/);
        else expect(found.state.document).toEqual(documentWith(['a']));
      }),
      fuzzing(31, 1500),
    ));

  it('whose manifest says something else in one place opens or is refused', async () => {
    const seen = { opened: 0, refused: 0 };
    const places = placesIn(goodManifest);
    const values = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        0,
        -1,
        0.5,
        2 ** 31,
        2 ** 53,
        1e308,
        '',
        'a',
        '../a',
        '__proto__',
        [],
        {},
      ),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), values, async (place, value) => {
        const found = await outcome(projectOf(replaced(goodManifest, place, value)));
        seen[typeof found === 'string' ? 'refused' : 'opened']++;
      }),
      fuzzing(37, 1500),
    );
    expect(Math.min(seen.opened, seen.refused)).toBeGreaterThan(20);
  });
});

type Place = readonly string[];

/** The way to everything in a JSON value, itself included. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner).map((rest) => [key, ...rest])),
  ];
}

function replaced(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
