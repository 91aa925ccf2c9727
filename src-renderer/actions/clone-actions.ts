import type { Composing } from '../managers/composing.ts';
import { contents, type Composition } from '../stores/composition.svelte.ts';
import { workspaces, type Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface CloneContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly composing: Composing;
}

const words = strings.clone;

/** Everything the user can do in the clone workspace alone. */
export function cloneActions(context: CloneContext): Action[] {
  return [...openActions(context), ...contentActions(context)];
}

const inClone = ({ session, composition }: CloneContext) =>
  session.workspace === 'clone' && composition.selected !== null;

function openActions({ session, composing }: CloneContext): Action[] {
  const free = () => !session.busy;
  return [
    ...workspaces.map((workspace): Action => ({
      id: `workspace-${workspace}`,
      group: 'app',
      label: words.goTo(strings.workspaces[workspace]),
      icon: ({ reconstruct: 'train', clone: 'clone', inspect: 'search', learn: 'view' } as const)[workspace],
      enabled: () => session.workspace !== workspace,
      run: () => void (session.workspace = workspace),
    })),
    {
      id: 'open-target',
      group: 'file',
      label: words.openTarget,
      icon: 'open',
      enabled: () => free() && session.workspace === 'clone',
      run: () => composing.choose('target'),
    },
    {
      id: 'open-source',
      group: 'file',
      label: words.openSource,
      workspace: 'clone',
      icon: 'open',
      keys: ['$mod+Shift+O'],
      enabled: () => free() && session.workspace === 'clone',
      run: () => composing.choose('source'),
    },
  ];
}

function contentActions(context: CloneContext): Action[] {
  const { composition } = context;
  return contents.map((content): Action => ({
    id: `content-${content}`,
    group: 'view',
    label: words.show(words.contents[content]),
    icon: 'view',
    enabled: () => inClone(context) && (content !== 'network' || composition.network !== null),
    run: () => void (composition.content = content),
  }));
}
