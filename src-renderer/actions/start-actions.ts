import type { Composing } from '../managers/composing.ts';
import type { Guard } from '../managers/guard.ts';
import { sampleCompositions } from '../stores/sample-compositions.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface StartContext {
  readonly session: Session;
  readonly composing: Composing;
  readonly guard: Guard;
}

const words = strings.composition.start;

/** What a composition can begin with. */
export function startActions({ session, composing, guard }: StartContext): Action[] {
  return sampleCompositions.map((sample): Action => ({
    id: `compose-${sample.id}`,
    group: 'file',
    label: words.compose(words.samples[sample.id].title),
    icon: 'samples',
    workspace: 'clone',
    enabled: () => !session.busy && session.workspace === 'clone',
    run: async () => {
      if (await guard.mayLeave()) await composing.compose(sample);
    },
  }));
}
