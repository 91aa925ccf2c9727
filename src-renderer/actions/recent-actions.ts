import type { Guard } from '../managers/guard.ts';
import type { RecentCommands } from '../managers/recent-commands.ts';
import { recentsShown, type Recents } from '../stores/recents.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface RecentContext {
  readonly session: Session;
  readonly recents: Recents;
  readonly recalling: RecentCommands;
  readonly guard: Guard;
  readonly notify: (message: string) => void;
}

const words = strings.start.recent;

/** What was opened lately, one action for each place of the list, and forgetting it. */
export function recentActions({ session, recents, recalling, guard, notify }: RecentContext): Action[] {
  return [
    ...Array.from({ length: recentsShown }, (_, i): Action => ({
      id: `recent-${i + 1}`,
      group: 'file',
      get label() {
        return words.open(recents.shown[i]?.name ?? '');
      },
      get icon() {
        return recents.shown[i]?.kind === 'project' ? 'samples' : 'picture';
      },
      enabled: () => !session.busy && recents.shown[i] !== undefined,
      run: async () => {
        const chosen = recents.shown[i];
        if (chosen === undefined) return;
        if (session.workshop !== 'clone' || (await guard.mayLeave())) await recalling.open(chosen.recentId);
      },
    })),
    {
      id: 'recent-clear',
      group: 'file',
      label: words.clear,
      short: words.clearShort,
      icon: 'clear',
      enabled: () => recents.all.length > 0,
      run: async () => {
        await recalling.clear();
        notify(words.cleared);
      },
    },
  ];
}
