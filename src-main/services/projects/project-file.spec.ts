import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeArchive } from './archive.ts';
import type { NewEntry } from './archive.ts';
import { entryOf, newestVersion, parseManifest } from './manifest.ts';
import { hashOf, Objects } from './objects.ts';
import { backupEnding, projectBytes, readProject, saveProject } from './project-file.ts';
import { Crash, MemoryDisk, seeded } from '../../disk/testing.ts';
import { documentWith, keptPhotograph, photograph } from './testing.ts';
import { applied, emptyState } from './work-state.ts';
import type { WorkState } from './work-state.ts';

const path = '/files/face.seamfield';
const noSample = () => undefined;

/** A composition whose mask is of this value. */
function stateWith(value: number): WorkState {
  const patch = { layerId: 'a', x: 1, y: 1, width: 3, height: 2, data: new Uint8Array(6).fill(value) };
  return applied(emptyState, {
    document: documentWith(['a', 'b'], value),
    pictures: [keptPhotograph],
    patches: [patch],
  });
}

async function objectsOn(disk: MemoryDisk): Promise<Objects> {
  const objects = new Objects(disk, '/data/work/one');
  await objects.put(photograph);
  return objects;
}

async function read(disk: MemoryDisk, bytes?: Uint8Array, folder: string | null = '/files') {
  const file = bytes ?? (await disk.read(path));
  return readProject(disk, file, 'face.seamfield', new Objects(disk, '/data/work/two'), folder, noSample);
}
const maskOf = ({ state }: { readonly state: WorkState }) => state.masks.get('a')?.data;

async function zipOf(entries: Record<string, Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const file = { write: async (bytes: Uint8Array) => void chunks.push(bytes) };
  const list = Object.entries(entries).map(([name, content]): NewEntry => {
    return { name, compress: true, read: () => Buffer.from(content) };
  });
  await writeArchive(file, list, new Date(0));
  return Buffer.concat(chunks);
}

describe('a project', () => {
  it('holds document, masks and photographs, and opens as it was saved', async () => {
    const disk = new MemoryDisk();
    const state = stateWith(200);
    await saveProject(disk, path, state, await objectsOn(disk), '1.2.3');
    const { state: opened, lost } = await read(disk);
    expect(lost).toEqual([]);
    expect(opened.document).toEqual(state.document);
    expect(opened.masks).toEqual(state.masks);
    expect([...opened.pictures.values()]).toEqual([keptPhotograph]);
    expect(await new Objects(disk, '/data/work/two').read(keptPhotograph.hash)).toEqual(photograph);
  });

  it('keeps nothing that its document has no use for', async () => {
    const disk = new MemoryDisk();
    const objects = await objectsOn(disk);
    const other = Buffer.from('another photograph');
    const unused = { ...keptPhotograph, hash: await objects.put(other), bytes: other.length };
    await saveProject(disk, path, applied(stateWith(1), { pictures: [unused] }), objects, '1.2.3');
    expect((await read(disk)).state.pictures.size).toBe(1);
  });

  it('links a photograph by its content, beside it or where it was, and says which one is lost', async () => {
    const origin = { kind: 'file', path: '/files/photos/a.png' } as const;
    const linked = { ...keptPhotograph, origin };
    const start = stateWith(9);
    const state: WorkState = {
      ...start,
      document: { ...start.document, pictures: 'linked' },
      pictures: new Map([[linked.hash, linked]]),
    };
    const disk = new MemoryDisk();
    await saveProject(disk, path, state, await objectsOn(disk), '1.2.3');
    const bytes = await disk.read(path);
    expect(Buffer.from(bytes).includes(photograph)).toBe(false);
    const open = async (at: string | null, content: Uint8Array, folder: string) => {
      const later = new MemoryDisk();
      if (at !== null) {
        const file = await later.create(at);
        await file.write(content);
      }
      return (await read(later, bytes, folder)).lost.map(({ reason }) => reason);
    };
    expect(await open('/files/photos/a.png', photograph, '/elsewhere')).toEqual([]);
    expect(await open('/moved/photos/a.png', photograph, '/moved')).toEqual([]);
    const [gone] = await open(null, photograph, '/files');
    expect(gone).toMatch(/is not where it was/);
    const changed = Buffer.from(photograph);
    changed[3]! ^= 1;
    const [other] = await open('/files/photos/a.png', changed, '/files');
    expect(other).toMatch(/has changed/);
  });

  it('tells nobody where an embedded photograph lay', async () => {
    const disk = new MemoryDisk();
    const origin = { kind: 'file', path: '/secret/a.png' } as const;
    const state = {
      ...stateWith(9),
      pictures: new Map([[keptPhotograph.hash, { ...keptPhotograph, origin }]]),
    };
    const bytes = await projectBytes(state, await objectsOn(disk), '1.2.3');
    expect((await read(disk, bytes)).state.pictures.get(keptPhotograph.hash)?.origin).toBeNull();
  });

  const fixture = (name: string) =>
    readFile(new URL(`../../../tests/fixtures/projects/${name}.seamfield`, import.meta.url));

  it.each([1, 2])('of version %i opens for ever', async (version) => {
    const { state, lost } = await read(new MemoryDisk(), await fixture(`version-${version}`));
    expect(lost).toEqual([]);
    expect(state.document).toEqual(documentWith(['a', 'b'], 120));
    expect([...state.masks.get('a')!.data]).toEqual([...stateWith(120).masks.get('a')!.data]);
  });

  it('of version 1 that shows a fusion opens with its second photograph and its share for ever', async () => {
    const { state, lost } = await read(new MemoryDisk(), await fixture('version-1-fused'));
    expect(lost).toEqual([]);
    const { fuse } = state.document.reconstruction!;
    expect(fuse).toEqual({ second: expect.stringMatching(/^[0-9a-f]{64}$/), alpha: 0.3 });
    expect(state.pictures.get(fuse!.second)?.name).toBe('ripples.png');
  });

  it('keeps a second photograph to fuse with though nothing was trained on it', async () => {
    const disk = new MemoryDisk();
    const objects = await objectsOn(disk);
    const other = Buffer.from('another photograph');
    const second = { ...keptPhotograph, hash: await objects.put(other), bytes: other.length };
    const fuse = { second: second.hash, alpha: 0.25 };
    const { hash } = keptPhotograph;
    const reconstruction = { picture: hash, settings: '{}', result: null, fuse };
    const document = { ...emptyState.document, reconstruction };
    const state = applied(emptyState, { document, pictures: [keptPhotograph, second] });
    await saveProject(disk, path, state, objects, '1.2.3');
    const { state: opened } = await read(disk);
    expect(opened.document).toEqual(document);
    expect(await new Objects(disk, '/data/work/two').read(second.hash)).toEqual(other);
  });
});

describe('saving', () => {
  const [before, after] = [stateWith(100), stateWith(200)];
  const prepared = async (seed: number) => {
    const disk = new MemoryDisk(new Map(), seeded(seed));
    const objects = await objectsOn(disk);
    await saveProject(disk, path, before, objects, '1.2.3');
    disk.steps = 0;
    return { disk, objects };
  };
  let steps = 0;
  beforeAll(async () => {
    const { disk, objects } = await prepared(0);
    await saveProject(disk, path, after, objects, '1.2.3');
    steps = disk.steps;
    expect((await read(disk, await disk.read(path + backupEnding))).state.masks).toEqual(before.masks);
  });

  it('leaves the old project or the new one, wherever the process is killed or power is lost', async () => {
    const seen = new Set<number>();
    for (let step = 0; step < steps; step++) {
      for (let seed = 0; seed < 3; seed++) {
        const { disk, objects } = await prepared(seed);
        disk.fault = { step, kind: 'crash' };
        await expect(saveProject(disk, path, after, objects, '1.2.3')).rejects.toThrow(Crash);
        for (const later of [disk.afterKill(), disk.afterPowerLoss()]) {
          const { state } = await read(later);
          expect([before.masks, after.masks]).toContainEqual(state.masks);
          seen.add(state.masks.get('a')!.data[7]!);
        }
      }
    }
    expect([...seen].sort()).toEqual([100, 200]);
  });

  it.each(['ENOSPC', 'EROFS', 'EIO'])('leaves the old project where a step fails with %s', async (kind) => {
    for (let step = 0; step < steps; step++) {
      const { disk, objects } = await prepared(step);
      disk.fault = { step, kind };
      const failed = await saveProject(disk, path, after, objects, '1.2.3').then(
        () => false,
        () => true,
      );
      const found = maskOf(await read(disk));
      // The last step of all only makes sure of what is done.
      if (failed && step < steps - 1) expect(found).toEqual(before.masks.get('a')!.data);
      else expect(found).toEqual(after.masks.get('a')!.data);
    }
  });
});

describe('a project that is damaged', () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    const disk = new MemoryDisk();
    bytes = await projectBytes(stateWith(120), await objectsOn(disk), '1.2.3');
  });

  it('is refused with a sentence or opens as it was: cut anywhere, any bit flipped', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), fc.boolean(), async (at, bit, cut) => {
        const hurt = Buffer.from(bytes);
        hurt[at]! ^= 1 << bit;
        try {
          const { state } = await read(new MemoryDisk(), cut ? bytes.subarray(0, at) : hurt);
          expect(cut).toBe(false);
          expect(state.masks).toEqual(stateWith(120).masks);
          expect(state.document).toEqual(stateWith(120).document);
        } catch (thrown) {
          expect(thrown).toMatchObject({
            name: 'SeamfieldError',
            code: expect.stringMatching(/^(bad-project|newer-project|unreadable-image)$/) as string,
          });
        }
      }),
      { seed: 17, numRuns: 600 },
    ));

  it('of random bytes is refused', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        await expect(read(new MemoryDisk(), noise)).rejects.toMatchObject({ code: 'bad-project' });
      }),
      { seed: 19, numRuns: 100 },
    ));
});

describe('a stranger’s archive', () => {
  const manifest = async () => {
    const disk = new MemoryDisk();
    const bytes = await projectBytes(stateWith(1), await objectsOn(disk), '1.2.3');
    return { disk, bytes };
  };
  const refused = (entries: Record<string, Uint8Array | string>) =>
    zipOf(entries).then((bytes) =>
      expect(read(new MemoryDisk(), bytes)).rejects.toMatchObject({ code: 'bad-project' }),
    );

  it('without a manifest, or with one that is none, is refused', async () => {
    await refused({ 'hello.txt': 'hello' });
    await refused({ [entryOf.manifest]: 'no json' });
    await refused({ [entryOf.manifest]: '{"format":"seamfield-project"}' });
    await refused({ [entryOf.manifest]: '[]' });
  });

  it('of a later version is refused with what to do', async () => {
    const bytes = await zipOf({ [entryOf.manifest]: '{"format":"seamfield-project","version":3}', new: 'x' });
    await expect(read(new MemoryDisk(), bytes)).rejects.toMatchObject({
      code: 'newer-project',
      message: expect.stringContaining('Update Seamfield') as string,
    });
  });

  it('with a file that no project has is refused, whatever way its name leads', async () => {
    const { bytes } = await manifest();
    // The same archive, one of its names changed where it stands, both times, to another of its length.
    const renamedTo = (name: string) => {
      const from = Buffer.from(entryOf.mask('a'));
      const to = Buffer.from(name.padEnd(from.length, 'x').slice(0, from.length));
      const file = Buffer.from(bytes);
      for (let at = file.indexOf(from); at >= 0; at = file.indexOf(from, at + 1)) to.copy(file, at);
      return file;
    };
    for (const name of ['../../../a', '/etc/pass', 'masks\\..\\', 'masks/a.pn', 'C:/masks/a']) {
      await expect(read(new MemoryDisk(), renamedTo(name))).rejects.toMatchObject({ code: 'bad-project' });
    }
  });

  it('that would become too large is refused before a byte of it is inflated', async () => {
    const { bytes } = await manifest();
    const file = Buffer.from(bytes);
    // Its first entry is deflated; the list of files gives its size 24 bytes into an entry.
    file.writeUInt32LE(0xfffffffe, file.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    await expect(read(new MemoryDisk(), file)).rejects.toMatchObject({
      code: 'bad-project',
      message: expect.stringContaining('too large') as string,
    });
  });

  it('that is a bomb is refused before a byte of it is inflated', async () => {
    const bomb = await zipOf({ x: Buffer.alloc(50 * 2 ** 20) });
    expect(bomb.length).toBeLessThan(2 ** 17);
    await expect(read(new MemoryDisk(), bomb)).rejects.toMatchObject({ code: 'bad-project' });
  });

  it('with a link in it is refused', async () => {
    const { bytes } = await manifest();
    const file = Buffer.from(bytes);
    const at = file.indexOf('PK\x01\x02', 0, 'latin1');
    file.writeUInt32LE((0o120777 << 16) >>> 0, at + 38);
    await expect(read(new MemoryDisk(), file)).rejects.toMatchObject({
      message: expect.stringContaining('link') as string,
    });
  });

  it('whose photograph is not what it is called by is refused', async () => {
    const { disk } = await manifest();
    const state = stateWith(1);
    const objects = await objectsOn(disk);
    const liar = { ...objects, read: async () => Buffer.from('something else') } as unknown as Objects;
    const bytes = await projectBytes(state, liar, '1.2.3');
    await expect(read(new MemoryDisk(), bytes)).rejects.toMatchObject({ code: 'bad-project' });
    expect(hashOf(photograph)).toBe(keptPhotograph.hash);
  });
});

describe('a manifest', () => {
  it('that names what it does not have is refused', async () => {
    const document = documentWith(['a']);
    const { hash } = keptPhotograph;
    const reconstruction = { picture: hash, settings: '{}', result: null };
    const other = hashOf(Buffer.from('another photograph'));
    const whole = {
      format: 'seamfield-project',
      version: newestVersion,
      application: '1.2.3',
      document,
      pictures: [{ ...keptPhotograph, embedded: true, relative: null }],
      masks: [{ layerId: 'a', width: 6, height: 4 }],
      results: [],
    };
    const parse = (change: object) =>
      parseManifest(Buffer.from(JSON.stringify({ ...whole, ...change })), 'x');
    expect(parse({})).toEqual(whole);
    const wrong = [
      { pictures: [] },
      { masks: [{ layerId: 'a', width: 60, height: 4 }] },
      { masks: [{ layerId: 'nobody', width: 6, height: 4 }] },
      { masks: [whole.masks[0], whole.masks[0]] },
      { document: { ...document, composition: { ...document.composition, result: keptPhotograph.hash } } },
      { document: { ...document, workspace: 7 } },
      {
        document: { ...document, reconstruction: { ...reconstruction, fuse: { second: other, alpha: 0.5 } } },
      },
      { document: { ...document, reconstruction: { ...reconstruction, fuse: { second: hash, alpha: 2 } } } },
      { extra: true },
    ];
    for (const change of wrong) expect(() => parse(change)).toThrow('can’t be opened as a project');
  });
});
