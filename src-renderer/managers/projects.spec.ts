import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenWork } from '../../src-shared/contract/project-schemas.ts';
import { until } from '../../tests/until.ts';
import { Projects, type ProjectParts } from './projects.ts';

/** A browser without locks. */
beforeEach(() => void vi.stubGlobal('navigator', {}));
afterEach(() => void vi.unstubAllGlobals());

const opened: OpenWork = {
  ...{ workId: 'kept', name: null, isSaved: true, readOnly: null, images: [], jobs: [], masks: [], lost: [] },
  document: { workspace: 'clone', pictures: 'embedded', reconstruction: null, composition: null },
  notes: [],
};

const fresh = { workId: null, pictures: 'embedded', name: null, isSaved: true, isPending: false };

/** A page that has just begun, and a host that answers once `answer` is called. */
function setUp(work: OpenWork = opened) {
  let answer: () => void = () => undefined;
  const resumed = new Promise((resolve) => (answer = () => resolve(work)));
  const request = vi.fn(() => resumed);
  const begin = vi.fn();
  const composition = { isOpen: false, generation: 0, markUnsaved: vi.fn() };
  const close = vi.fn(() => Promise.resolve());
  const leave = vi.fn(() => Promise.resolve());
  const session: Record<string, unknown> = { image: null, second: null, alpha: 0.5, workspace: 'clone' };
  const adopt = vi.fn(() => Promise.resolve());
  const parts = {
    transport: { request },
    session,
    commands: { adopt },
    project: { ...fresh },
    keeper: { begin, leave, flush: () => Promise.resolve(), after: (deed: () => Promise<void>) => deed() },
    composing: { close },
    composition,
  };
  const projects = new Projects(parts as unknown as ProjectParts);
  const asked = () => until(() => expect(request).toHaveBeenCalled());
  return { projects, parts, session, adopt, composition, begin, leave, close, asked, answer };
}

describe('a page that was reloaded', () => {
  it('goes on with the work that it had', async () => {
    const { projects, begin, answer } = setUp();
    const greeted = projects.greet('kept');
    answer();
    await greeted;
    expect(begin).toHaveBeenLastCalledWith('kept');
  });

  it('has its second photograph and its share again, trained or not', async () => {
    const summaries = ['i', 's'].map((id) => ({ id })) as OpenWork['images'];
    const fuse = { second: 's', alpha: 0.3 };
    const reconstruction = { picture: 'i', settings: '{}', result: null, fuse };
    const { projects, session, adopt, answer } = setUp({
      ...opened,
      images: summaries,
      document: { workspace: 'reconstruct', pictures: 'embedded', reconstruction, composition: null },
    });
    const greeted = projects.greet('kept');
    answer();
    await greeted;
    expect(adopt).toHaveBeenCalledWith({ id: 'i' }, '{}', null);
    expect([session['second'], session['alpha']]).toEqual([{ id: 's' }, 0.3]);
  });

  it('leaves what the user has opened while the host was answering', async () => {
    const { projects, composition, begin, close, asked, answer } = setUp();
    const greeted = projects.greet('kept');
    await asked();
    composition.isOpen = true;
    answer();
    await greeted;
    expect([begin.mock.calls, close.mock.calls]).toEqual([[], []]);
  });
});

describe('a project that is left for another', () => {
  it.each([
    ['saved', { name: 'One' }, 1],
    ['never saved', { name: null }, 0],
    ['changed since', { name: 'One', isSaved: false }, 0],
    ['about to be kept', { name: 'One', isPending: true }, 0],
  ])('is closed at the host only where its file holds all of it: %s', async (_, before, closings) => {
    const { projects, parts, begin, leave, answer } = setUp();
    Object.assign(parts.project, before);
    answer();
    await projects.openKnown('other');
    expect(leave).toHaveBeenCalledTimes(closings);
    expect(begin).toHaveBeenLastCalledWith('kept');
  });
});
