import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
    settings: {},
    reconstruction: null,
    blend: null,
    workshop: 'reconstruct',
  };
  const composition = { isOpen: false, target: null, layers: [], blended: [] };
  const recorded: unknown[] = [];
  const answers: (() => void)[] = [];
  const transport = {
    request: (_channel: string, payload: { workId: string | null }) => {
      recorded.push(payload.workId);
      const workId = payload.workId ?? `work ${recorded.length}`;
      return new Promise((resolve) => answers.push(() => resolve({ workId, isSaved: false })));
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
  const asked = (count: number) => vi.waitFor(() => expect(recorded).toHaveLength(count));
  return { keeper, project, recorded, asked, answer: () => answers.shift()!() };
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
    await vi.waitFor(() => expect(project.isPending).toBe(false));
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
});
