import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Recent } from '../../src-shared/contract/recent-schemas.ts';
import { RecentCommands } from './recent-commands.ts';

let revoked: string[];
beforeEach(() => {
  revoked = [];
  let made = 0;
  vi.stubGlobal('URL', {
    createObjectURL: () => `blob:${++made}`,
    revokeObjectURL: (address: string) => revoked.push(address),
  });
});
afterEach(() => void vi.unstubAllGlobals());

const recent = (recentId: string, thumbnailId: string | null): Recent => {
  return { recentId, kind: 'photograph', name: `${recentId}.png`, usedAt: 0, thumbnailId };
};

it('small pictures replace those of the list before, and a late answer shows nothing', async () => {
  const recents = {
    all: [] as Recent[],
    thumbnails: {},
    get shown() {
      return this.all;
    },
  };
  const answers: ((list: Recent[]) => void)[] = [];
  const transport = {
    request: () => new Promise((resolve) => answers.push(resolve)),
    fetchBuffer: (id: string) => (id === 'gone' ? Promise.reject(new Error('gone')) : new ArrayBuffer(1)),
  };
  const parts = { transport, recents } as unknown as ConstructorParameters<typeof RecentCommands>[0];
  const commands = new RecentCommands(parts);
  const first = commands.refresh();
  answers[0]!([recent('a', 'x'), recent('b', null), recent('c', 'gone')]);
  await first;
  expect(recents.thumbnails).toEqual({ a: 'blob:1' });
  const late = commands.refresh();
  const latest = commands.refresh();
  answers[2]!([recent('d', 'y')]);
  await latest;
  answers[1]!([recent('a', 'x')]);
  await late;
  expect(recents.all.map(({ recentId }) => recentId)).toEqual(['d']);
  expect([recents.thumbnails, revoked]).toEqual([{ d: 'blob:2' }, ['blob:1']]);
});
