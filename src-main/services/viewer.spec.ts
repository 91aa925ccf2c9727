import { expect, it, vi } from 'vitest';
import type { Launch } from '../jobs/port.ts';
import { Viewer } from './viewer.ts';

it('a viewer that is closed starts no process for who still waited for a turn', async () => {
  let leave = () => {};
  const launch = vi.fn<Launch>(() => ({
    send: () => {},
    onMessage: () => {},
    onExit: (handler) => void (leave = () => handler({ code: 0, signal: null })),
    kill: () => leave(),
  }));
  const viewer = new Viewer(launch);
  const question = { kind: 'image-info', image: { path: 'a', name: 'a' } } as const;
  const asked = viewer.ask(question);
  const next = asked.catch(() => viewer.ask(question));
  await viewer.close();
  await expect(next).rejects.toMatchObject({ code: 'cancelled' });
  expect(launch).toHaveBeenCalledTimes(1);
});
