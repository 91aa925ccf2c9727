import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { openDropped } from './open-dropped.ts';

const openers = () => ({
  session: { workspace: 'clone', workshop: 'clone' } as Session,
  composition: { target: null } as Composition,
  commands: { openFile: vi.fn() },
  composing: { openFile: vi.fn() },
  learning: { openFile: vi.fn() },
  projects: { openFile: vi.fn() },
});
let parts: ReturnType<typeof openers>;
beforeEach(() => void (parts = openers()));

const named = (name: string) => new File([], name);
/** An element inside one that says `data-<key>`. */
const inside = (key: string, value: string) =>
  ({
    closest: (selector: string) => (selector === `[data-${key}]` ? { dataset: { [key]: value } } : null),
  }) as unknown as Element;

describe('a file that is dropped or pasted', () => {
  it('is a project wherever it lands, and refused where it is a network', async () => {
    const project = named('a.seamfield');
    await openDropped(parts, project, null);
    expect(parts.projects.openFile).toHaveBeenCalledWith(project);
    await expect(openDropped(parts, named('a.onnx'), null)).rejects.toMatchObject({
      code: 'unsupported-format',
    });
  });

  it('is a composition’s target, or a source where there is one or it lands on the source’s pane', async () => {
    const file = named('a.png');
    await openDropped(parts, file, null);
    await openDropped(parts, file, inside('role', 'source'));
    const withTarget = { ...parts, composition: { target: {} } as Composition };
    await openDropped(withTarget, file, inside('role', 'target'));
    expect(parts.composing.openFile.mock.calls.map(([role]) => role as unknown)).toEqual([
      'target',
      'source',
      'source',
    ]);
  });

  it('is reconstructed, or learnt from in the slot that it lands on', async () => {
    const file = named('a.png');
    const reconstructs = { workspace: 'inspect', workshop: 'reconstruct' } as Session;
    await openDropped({ ...parts, session: reconstructs }, file, null);
    expect(parts.commands.openFile).toHaveBeenCalledWith(file);
    const learns = { ...parts, session: { workspace: 'learn', workshop: 'clone' } as Session };
    await openDropped(learns, file, inside('slot', 'second'));
    await openDropped(learns, file, null);
    expect(parts.learning.openFile.mock.calls).toEqual([
      ['second', file],
      ['first', file],
    ]);
  });
});
