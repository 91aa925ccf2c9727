import { drawFigure } from '../canvas/figure.ts';
import { figureOf } from '../figure-of-lessons.ts';
import type { Learning } from '../managers/learning.ts';
import { lessons, type Learn } from '../stores/learn.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface LearnContext {
  readonly session: Session;
  readonly learn: Learn;
  readonly learning: Learning;
  readonly save: (blob: Blob, name: string) => void;
  readonly notify: (message: string) => void;
}

const words = strings.learn;

/** Everything the user can do in the Learn view alone. */
export function learnActions({ session, learn, learning, save, notify }: LearnContext): Action[] {
  const here = () => session.workspace === 'learn';
  return [
    {
      id: 'learn-first',
      group: 'file',
      workspace: 'learn',
      label: words.chooseFirst,
      short: words.own,
      icon: 'open',
      enabled: () => here() && !learn.busy,
      run: () => learning.choose('first'),
    },
    {
      id: 'learn-second',
      group: 'file',
      workspace: 'learn',
      label: words.chooseSecond,
      short: words.own,
      icon: 'open',
      enabled: () => here() && !learn.busy,
      run: () => learning.choose('second'),
    },
    {
      id: 'learn-train',
      group: 'train',
      workspace: 'learn',
      label: words.train,
      short: words.trainShort,
      icon: 'train',
      enabled: () => here() && !learn.running && !learn.busy,
      run: () => learning.train(),
    },
    {
      id: 'learn-cancel',
      group: 'train',
      workspace: 'learn',
      label: words.cancel,
      short: words.cancelShort,
      icon: 'cancel',
      enabled: () => here() && learn.running,
      run: () => learning.cancel(),
    },
    {
      id: 'learn-save',
      group: 'export',
      workspace: 'learn',
      label: words.save,
      short: words.saveShort,
      icon: 'picture',
      enabled: () => here() && lessons.some((lesson) => learn.rows[lesson].state === 'done'),
      run: async () => {
        save(await drawFigure(figureOf(learn)), words.file);
        notify(strings.saved(words.file));
      },
    },
  ];
}
