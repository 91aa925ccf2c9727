import { views } from '../../src-shared/model/view.ts';
import type { LinkedCamera } from '../canvas/linked-camera.ts';
import type { CloneCommands } from '../managers/clone-commands.ts';
import type { Composing } from '../managers/composing.ts';
import type { Commands } from '../managers/commands.ts';
import type { Projects } from '../managers/projects.ts';
import type { Inspector } from '../stores/inspector.svelte.ts';
import type { Guard } from '../managers/guard.ts';
import type { Composition, Role } from '../stores/composition.svelte.ts';
import { hasNetwork, isActive } from '../stores/job.ts';
import type { Session, Theme } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

/** What the app's actions act upon. */
export interface ActionContext {
  readonly session: Session;
  readonly commands: Commands;
  readonly cloning: CloneCommands;
  readonly composing: Composing;
  readonly guard: Guard;
  readonly composition: Composition;
  readonly projects: Pick<Projects, 'openAny'>;
  readonly camera: LinkedCamera;
  readonly cloneCameras: Readonly<Record<Role, LinkedCamera>>;
  readonly inspectCamera: LinkedCamera;
  readonly inspector: Inspector;
}

const words = strings.actions;
const always = () => true;
const nextTheme: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const zoomStep = 1.5;

/** Everything the user can do, in the order in which menus list it. */
export function appActions(context: ActionContext): Action[] {
  return [
    ...fileActions(context),
    ...trainActions(context),
    ...viewActions(context),
    ...generalActions(context),
  ];
}

/** Whether the workspace on show has a photograph. */
function isOpen({ session, composition }: Pick<ActionContext, 'session' | 'composition'>): boolean {
  return session.workshop === 'clone' ? composition.isOpen : session.image !== null;
}

function fileActions({
  session,
  commands,
  composing,
  guard,
  composition,
  projects,
}: ActionContext): Action[] {
  return [
    {
      id: 'open',
      group: 'file',
      get label() {
        return session.workshop === 'clone' ? strings.clone.openTarget : words.open;
      },
      icon: 'open',
      keys: ['$mod+o'],
      enabled: () => !session.busy,
      run: () =>
        projects.openAny(false, (image) =>
          session.workshop === 'clone' ? composing.take('target', image) : commands.take(image),
        ),
    },
    {
      id: 'open-second',
      group: 'file',
      label: words.openSecond,
      icon: 'open',
      workspace: 'reconstruct',
      enabled: () =>
        session.workspace === 'reconstruct' &&
        session.image !== null &&
        !session.busy &&
        !isActive(session.job),
      run: () => commands.fuseWith('own'),
    },
    {
      id: 'samples',
      group: 'file',
      label: words.samples,
      icon: 'samples',
      enabled: () => isOpen({ session, composition }),
      run: async () => {
        if (session.workshop !== 'clone') await commands.close();
        else if (await guard.mayLeave()) await composing.close();
      },
    },
  ];
}

function trainActions({ session, commands, cloning, composition }: ActionContext): Action[] {
  const running = () => isActive(session.job);
  return [
    {
      id: 'train',
      group: 'train',
      get label() {
        if (session.workshop === 'clone') return session.job === null ? words.blend : words.blendAgain;
        return session.job === null ? words.train : words.trainAgain;
      },
      icon: 'train',
      keys: ['$mod+Enter'],
      enabled: () => {
        const { workshop, image, busy } = session;
        const { isComplete, hasMask, liesBeside } = composition;
        const ready = workshop === 'clone' ? isComplete && hasMask && !liesBeside : image !== null;
        return ready && !busy && !running();
      },
      run: () => (session.workshop === 'clone' ? cloning.blend() : commands.train()),
    },
    {
      id: 'pause',
      group: 'train',
      get label() {
        return session.job?.state === 'paused' ? words.continue : words.pause;
      },
      get icon() {
        return session.job?.state === 'paused' ? 'train' : 'pause';
      },
      keys: ['Shift+P'],
      enabled: () => running() && !['queued', 'preparing'].includes(session.job?.state ?? ''),
      run: () => (session.job?.state === 'paused' ? commands.continue() : commands.pause()),
    },
    {
      id: 'stop',
      group: 'train',
      label: words.stop,
      short: words.stopShort,
      icon: 'stop',
      keys: ['$mod+.'],
      enabled: () => running() && !['queued', 'preparing'].includes(session.job?.state ?? ''),
      run: () => commands.stop(),
    },
    {
      id: 'cancel',
      group: 'train',
      label: words.cancel,
      icon: 'cancel',
      keys: ['$mod+Shift+Backspace'],
      enabled: running,
      run: () => (session.workshop === 'clone' ? cloning.cancelBlend() : commands.cancel()),
    },
  ];
}

function viewActions({
  session,
  composition,
  camera,
  cloneCameras,
  inspectCamera,
  inspector,
}: ActionContext): Action[] {
  const open = () => isOpen({ session, composition });
  const cameras = () => {
    if (session.workspace === 'inspect') return [inspectCamera];
    return session.workspace === 'clone' ? [cloneCameras.target, cloneCameras.source] : [camera];
  };
  return [
    ...views.map((view, i): Action => ({
      id: `view-${view}`,
      group: 'view',
      label: words.view(strings.views[view].name),
      icon: 'view',
      keys: [String(i + 1)],
      workspace: ['reconstruct', 'inspect'],
      enabled: () => ['reconstruct', 'inspect'].includes(session.workspace) && open(),
      run: () => {
        if (session.workspace === 'inspect') inspector.choose(inspector.active, { view });
        else session.view = view;
      },
    })),
    {
      id: 'before',
      group: 'view',
      get label() {
        return session.workshop === 'clone' ? words.beforeClone : words.before;
      },
      icon: 'before',
      keys: ['\\'],
      enabled: open,
      run: () => void (session.holdingBefore = true),
      release: () => void (session.holdingBefore = false),
    },
    {
      id: 'exact',
      group: 'view',
      get label() {
        if (session.workshop === 'clone') return strings.clone.toggleExact;
        return session.shown === 'exact' ? words.hideExact : words.showExact;
      },
      get short() {
        return session.shown === 'exact' ? words.hideExactShort : words.showExactShort;
      },
      icon: 'exact',
      keys: ['x'],
      enabled: () => (session.workshop === 'clone' ? composition.isComplete : hasNetwork(session.job)),
      run: () => {
        if (session.workshop === 'reconstruct') {
          session.shown = session.shown === 'exact' ? 'network' : 'exact';
        } else composition.content = composition.content === 'exact' ? 'paste' : 'exact';
      },
    },
    {
      id: 'fit',
      group: 'view',
      label: words.fit,
      icon: 'fit',
      keys: ['$mod+0', '0'],
      enabled: open,
      run: () => cameras().forEach((camera) => camera.fit()),
    },
    {
      id: 'actual-size',
      group: 'view',
      label: words.actualSize,
      icon: 'actual-size',
      keys: ['$mod+1'],
      enabled: open,
      run: () => cameras().forEach((camera) => camera.zoomTo(1)),
    },
    {
      id: 'zoom-in',
      group: 'view',
      label: words.zoomIn,
      icon: 'zoom-in',
      keys: ['$mod+=', '$mod+[Shift]++', '=', '[Shift]++'],
      enabled: open,
      run: () => cameras()[0]?.zoomBy(zoomStep),
    },
    {
      id: 'zoom-out',
      group: 'view',
      label: words.zoomOut,
      icon: 'zoom-out',
      keys: ['$mod+-', '-'],
      enabled: open,
      run: () => cameras()[0]?.zoomBy(1 / zoomStep),
    },
  ];
}

function generalActions({ session }: ActionContext): Action[] {
  return [
    {
      id: 'palette',
      group: 'app',
      label: words.palette,
      icon: 'search',
      keys: ['$mod+k'],
      enabled: always,
      run: () => void (session.overlay = session.overlay === 'palette' ? null : 'palette'),
    },
    {
      id: 'shortcuts',
      group: 'app',
      label: words.shortcuts,
      icon: 'keyboard',
      keys: ['[Shift]+?'],
      enabled: always,
      run: () => void (session.overlay = 'shortcuts'),
    },
    {
      id: 'theme',
      group: 'app',
      get label() {
        return words.theme(strings.themes[session.theme]);
      },
      icon: 'theme',
      enabled: always,
      run: () => void (session.theme = nextTheme[session.theme]),
    },
  ];
}
