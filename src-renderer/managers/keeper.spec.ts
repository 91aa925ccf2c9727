import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { until } from '../../tests/until.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Project } from '../stores/project.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { Keeper } from './keeper.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page with a photograph open, and a host that keeps what it is told once `answer` is called. */
function setUp() {
  const project = {
    workId: null,
    isPending: false,
    isSaved: true,
    pictures: 'embedded',
  } as unknown as Project;
  const session = {
    image: { id: 'i' },
    second: null as { id: string } | null,
    alpha: 0.5,
    settings: {},
    reconstruction: null,
    blend: null,
    workshop: 'reconstruct',
  };
  const composition = { isOpen: false, target: null, layers: [], blended: [] };
  const recorded: unknown[] = [];
  /** Whether anything is open, as the host heard it last of each work. */
  const heard = new Map<string, boolean>();
  const documents: { reconstruction: unknown }[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const transport = {
    request: (
      _channel: string,
      payload: { workId: string | null; document: { reconstruction: unknown } },
    ) => {
      recorded.push(payload.workId);
      documents.push(payload.document);
      const workId = payload.workId ?? `work ${recorded.length}`;
      heard.set(workId, payload.document.reconstruction !== null);
      return new Promise((resolve, reject) =>
        answers.push((error) => (error ? reject(error) : resolve({ workId, isSaved: false }))),
      );
    },
  } as unknown as Transport;
  const report = vi.fn();
  const keeper = new Keeper(
    transport,
    session as unknown as Session,
    composition as unknown as Composition,
    project,
    report,
  );
  const asked = (count: number) => until(() => expect(recorded).toHaveLength(count));
  const answer = (error?: Error) => answers.shift()!(error);
  return { keeper, project, session, recorded, heard, documents, asked, answer };
}

describe('the keeper', () => {
  it('tells the host of changes together, and once more of what came while it was answering', async () => {
    const { keeper, project, recorded, asked, answer } = setUp();
    for (let i = 0; i < 3; i++) keeper.changed();
    await asked(1);
    keeper.changed();
    answer();
    await asked(2);
    expect([recorded, project.isPending]).toEqual([[null, 'work 1'], true]);
    answer();
    await until(() => expect(project.isPending).toBe(false));
  });

  it('tells the host what the photograph is to be fused with, trained or not', async () => {
    const { keeper, session, documents, asked, answer } = setUp();
    void keeper.flush();
    await asked(1);
    answer();
    Object.assign(session, { second: { id: 's' }, alpha: 0.3 });
    void keeper.flush();
    await asked(2);
    expect(documents.map(({ reconstruction }) => reconstruction)).toEqual([
      { picture: 'i', settings: '{}', result: null },
      { picture: 'i', settings: '{}', result: null, fuse: { second: 's', alpha: 0.3 } },
    ]);
  });

  it('never takes the name of a work that was left for that of the one begun since', async () => {
    const { keeper, project, recorded, asked, answer } = setUp();
    const kept = keeper.flush();
    await asked(1);
    keeper.begin(null);
    answer();
    await kept;
    expect(project.workId).toBeNull();
    void keeper.flush();
    await asked(2);
    expect(recorded).toEqual([null, null]);
  });

  it('says that a work was closed after all else, of one too that the host had not named yet', async () => {
    const { keeper, project, recorded, heard, asked, answer } = setUp();
    void keeper.flush();
    await asked(1);
    const left = keeper.leave();
    answer();
    await asked(2);
    answer();
    await left;
    expect([recorded, [...heard], project.workId]).toEqual([[null, 'work 1'], [['work 1', false]], null]);
  });

  it('goes on with the work that the host began though it could not keep all of it', async () => {
    const { keeper, recorded, asked, answer } = setUp();
    const kept = keeper.flush();
    await asked(1);
    answer(new SeamfieldError('unwritable-output', 'The disk is full.', { workId: 'begun' }));
    await expect(kept).rejects.toThrow('full');
    void keeper.flush().catch(() => undefined);
    await asked(2);
    expect(recorded).toEqual([null, 'begun']);
  });

  it('tells nothing while what it was is being found out', async () => {
    const { keeper, recorded, asked } = setUp();
    let end: () => void = () => undefined;
    const found = keeper.after(() => new Promise((resolve) => (end = resolve)));
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(5000);
    expect(recorded).toEqual([]);
    keeper.begin('found');
    end();
    await found;
    await asked(1);
    expect(recorded).toEqual(['found']);
  });
});
