import { describe, expect, it } from 'vitest';
import { newestVersion } from './manifest.ts';
import { migrate, migrations } from './migrations.ts';
import type { Migration } from './migrations.ts';

const first = { format: 'seamfield-project', version: 1, colour: 'red' };
const steps: Migration[] = [
  ({ colour, ...rest }) => ({ ...rest, color: colour }),
  ({ color, ...rest }) => ({ ...rest, colors: [color] }),
];

describe('a manifest', () => {
  it('is brought from any version to the newest, one step at a time', () => {
    const newest = { format: 'seamfield-project', version: 3, colors: ['red'] };
    expect(migrate(first, 'x', steps)).toEqual(newest);
    expect(migrate({ format: 'seamfield-project', version: 2, color: 'red' }, 'x', steps)).toEqual(newest);
    expect(migrate(newest, 'x', steps)).toEqual(newest);
    expect(first).toEqual({ format: 'seamfield-project', version: 1, colour: 'red' });
  });

  it('of the version that is written needs no step', () => {
    expect(migrations).toHaveLength(newestVersion - 1);
  });

  it('of version 1 is told what its finished training was a fusion with, where that photograph is there', () => {
    const reconstruction = { picture: 'a', settings: '{}', result: 'n' };
    const request = { kind: 'fuse', imageA: 'a', imageB: 'b', alpha: 0.3 };
    const fused = {
      format: 'seamfield-project',
      version: 1,
      document: { workspace: 'reconstruct', reconstruction, composition: null },
      pictures: [{ hash: 'a' }, { hash: 'b' }],
      results: [{ network: 'n', request }],
    };
    const fuseOf = (manifest: unknown) =>
      (migrate(manifest, 'x')['document'] as { reconstruction?: { fuse?: unknown } }).reconstruction?.fuse;
    expect(fuseOf(fused)).toEqual({ second: 'b', alpha: 0.3 });
    expect(fuseOf({ ...fused, pictures: [{ hash: 'a' }] })).toBeUndefined();
    expect(fuseOf({ ...fused, results: [{ network: 'other', request }] })).toBeUndefined();
    expect(migrate({ ...fused, results: 7 }, 'x')).toEqual({ ...fused, results: 7, version: 2 });
  });

  it('of a newer version is refused with both versions', () => {
    expect(() => migrate({ ...first, version: 4 }, 'my.seamfield', steps)).toThrow(
      /my\.seamfield was saved by a newer Seamfield \(project version 4; this one reads up to 3\)/,
    );
  });

  it.each([
    null,
    'text',
    {},
    { ...first, version: 0 },
    { ...first, version: '1' },
    { ...first, format: 'zip' },
  ])('%j is none of ours', (manifest) => {
    expect(() => migrate(manifest, 'x', steps)).toThrow('can’t be opened as a project');
  });
});
