import { arrangements, type Inspector } from '../stores/inspector.svelte.ts';
import type { InspectCommands } from '../managers/inspect-commands.ts';
import { runAsJson } from '../run-card.ts';
import type { Runs } from '../stores/runs.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface InspectContext {
  readonly session: Session;
  readonly inspector: Inspector;
  readonly inspecting: InspectCommands;
  readonly runs: Runs;
  readonly notify: (message: string) => void;
  readonly copy: (text: string) => Promise<void>;
}

const words = strings.inspect;

/** Everything the user can do in the inspector alone. */
export function inspectActions({
  session,
  inspector,
  inspecting,
  runs,
  notify,
  copy,
}: InspectContext): Action[] {
  const here = () => session.workspace === 'inspect' && session.job !== null;
  const finished = () => session.job?.state === 'finished';
  const common = { group: 'view', workspace: 'inspect', icon: 'view' } as const;
  const saved = (name: string | null) => {
    if (name !== null) notify(strings.saved(name));
  };
  return [
    ...arrangements.map((arrangement): Action => ({
      ...common,
      id: `inspect-as-${arrangement}`,
      label: words.arrange(words.arrangements[arrangement].hint),
      enabled: here,
      run: () => void (inspector.arrangement = arrangement),
    })),
    {
      ...common,
      id: 'inspect-swap',
      label: words.swap,
      short: words.swapShort,
      icon: 'redo',
      enabled: () => here() && inspector.arrangement === 'blink',
      run: () => {
        inspector.blinking = false;
        inspector.swapped = !inspector.swapped;
      },
    },
    {
      ...common,
      id: 'inspect-blink',
      get label() {
        return inspector.blinking ? words.blinkStop : words.blinkStart;
      },
      enabled: () => here() && inspector.arrangement === 'blink',
      run: () => void (inspector.blinking = !inspector.blinking),
    },
    {
      ...common,
      id: 'inspect-draw',
      get label() {
        return inspector.drawing ? words.look : words.draw;
      },
      icon: 'exact',
      enabled: here,
      run: () => void (inspector.drawing = !inspector.drawing),
    },
    {
      ...common,
      id: 'inspect-line',
      label: words.profile.middle,
      icon: 'middle-line',
      enabled: () => here() && inspector.pictures.some((picture) => picture !== null),
      run: () => {
        const picture = inspector.pictures.find((one) => one !== null);
        if (picture === undefined || picture === null) return;
        const y = Math.floor(picture.height / 2) + 0.5;
        inspector.line = { from: { x: 0.5, y }, to: { x: picture.width - 0.5, y } };
      },
    },
    {
      ...common,
      id: 'inspect-clear-line',
      label: words.profile.clear,
      icon: 'clear',
      enabled: () => here() && inspector.line !== null,
      run: () => void (inspector.line = null),
    },
    {
      ...common,
      id: 'inspect-seam',
      label: words.seam,
      icon: 'lasso',
      enabled: () => here() && inspector.seam !== null,
      run: () => void (inspector.seamShown = !inspector.seamShown),
    },
    {
      ...common,
      id: 'inspect-copy-run',
      label: words.runs.copyRun,
      icon: 'copy',
      enabled: () => session.workspace === 'inspect' && runs.current !== null,
      run: async () => {
        if (runs.current === null) return;
        await copy(runAsJson(runs.current, session.info));
        notify(strings.copied);
      },
    },
    {
      ...common,
      id: 'inspect-save-network',
      label: words.export.saveNetwork,
      icon: 'model',
      enabled: () => here() && finished(),
      run: async () => saved(await inspecting.saveNetwork()),
    },
  ];
}
