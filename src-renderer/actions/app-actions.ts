import { views } from '../../src-shared/model/view.ts';
import type { LinkedCamera } from '../canvas/linked-camera.ts';
import type { Commands, ExportOptions } from '../managers/commands.ts';
import { isActive } from '../stores/job.ts';
import type { Session, Theme } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

/** What the app's actions act upon. */
export interface ActionContext {
  readonly session: Session;
  readonly commands: Commands;
  readonly camera: LinkedCamera;
  /** Tell the user that something was done. */
  readonly notify: (message: string) => void;
  readonly copy: (text: string) => Promise<void>;
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
    ...exportActions(context),
    ...generalActions(context),
  ];
}

function fileActions({ session, commands }: ActionContext): Action[] {
  return [
    {
      id: 'open',
      group: 'file',
      label: words.open,
      icon: 'open',
      keys: ['$mod+o'],
      enabled: () => !session.busy,
      run: () => commands.chooseImage(),
    },
    {
      id: 'samples',
      group: 'file',
      label: words.samples,
      icon: 'samples',
      enabled: () => session.image !== null,
      run: () => commands.close(),
    },
  ];
}

function trainActions({ session, commands }: ActionContext): Action[] {
  const running = () => isActive(session.job);
  return [
    {
      id: 'train',
      group: 'train',
      get label() {
        return session.job === null ? words.train : words.trainAgain;
      },
      icon: 'train',
      keys: ['$mod+Enter'],
      enabled: () => session.image !== null && !session.busy && !running(),
      run: () => commands.train(),
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
      enabled: () => running() && session.job?.state !== 'preparing',
      run: () => (session.job?.state === 'paused' ? commands.continue() : commands.pause()),
    },
    {
      id: 'stop',
      group: 'train',
      label: words.stop,
      short: words.stopShort,
      icon: 'stop',
      keys: ['$mod+.'],
      enabled: () => running() && session.job?.state !== 'preparing',
      run: () => commands.stop(),
    },
    {
      id: 'cancel',
      group: 'train',
      label: words.cancel,
      icon: 'cancel',
      keys: ['$mod+Shift+Backspace'],
      enabled: running,
      run: () => commands.cancel(),
    },
  ];
}

function viewActions({ session, camera }: ActionContext): Action[] {
  const open = () => session.image !== null;
  return [
    ...views.map((view, i): Action => ({
      id: `view-${view}`,
      group: 'view',
      label: words.view(strings.views[view].name),
      icon: 'view',
      keys: [String(i + 1)],
      enabled: open,
      run: () => void (session.view = view),
    })),
    {
      id: 'before',
      group: 'view',
      label: words.before,
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
        return session.shown === 'exact' ? words.hideExact : words.showExact;
      },
      get short() {
        return session.shown === 'exact' ? words.hideExactShort : words.showExactShort;
      },
      icon: 'exact',
      keys: ['x'],
      enabled: () => session.job?.state === 'finished',
      run: () => void (session.shown = session.shown === 'exact' ? 'network' : 'exact'),
    },
    {
      id: 'fit',
      group: 'view',
      label: words.fit,
      icon: 'fit',
      keys: ['$mod+0', '0'],
      enabled: open,
      run: () => camera.fit(),
    },
    {
      id: 'actual-size',
      group: 'view',
      label: words.actualSize,
      icon: 'actual-size',
      keys: ['$mod+1'],
      enabled: open,
      run: () => camera.zoomTo(1),
    },
    {
      id: 'zoom-in',
      group: 'view',
      label: words.zoomIn,
      icon: 'zoom-in',
      keys: ['$mod+=', '$mod+[Shift]++', '=', '[Shift]++'],
      enabled: open,
      run: () => camera.zoomBy(zoomStep),
    },
    {
      id: 'zoom-out',
      group: 'view',
      label: words.zoomOut,
      icon: 'zoom-out',
      keys: ['$mod+-', '-'],
      enabled: open,
      run: () => camera.zoomBy(1 / zoomStep),
    },
  ];
}

function exportActions({ session, commands, notify, copy }: ActionContext): Action[] {
  const finished = () => session.job?.state === 'finished';
  const save = (id: string, label: string, options: () => ExportOptions, keys?: string[]): Action => ({
    id,
    group: 'export',
    label,
    icon: options().what === 'onnx' ? 'model' : 'picture',
    ...(keys !== undefined && { keys }),
    enabled: finished,
    run: async () => {
      const name = await commands.export(options());
      if (name !== null) notify(strings.saved(name));
    },
  });
  return [
    save('export-png', words.exportPng, () => ({ what: 'png', bitDepth: 8 }), ['$mod+e']),
    save('export-png-16', words.exportPng16, () => ({ what: 'png', bitDepth: 16 })),
    save('export-png-2x', words.exportDouble, () => ({ what: 'png', scale: 2 })),
    save('export-view', words.exportView, () => ({ what: 'png', view: session.view })),
    save('export-tiff', words.exportTiff, () => ({ what: 'tiff' })),
    save('export-jpeg', words.exportJpeg, () => ({ what: 'jpeg' })),
    save('export-webp', words.exportWebp, () => ({ what: 'webp' })),
    save('export-avif', words.exportAvif, () => ({ what: 'avif' })),
    save('export-onnx', words.exportOnnx, () => ({ what: 'onnx' }), ['$mod+Shift+E']),
    {
      id: 'copy-run',
      group: 'export',
      label: words.copyRun,
      icon: 'copy',
      enabled: finished,
      run: async () => {
        const { request, metrics } = session.job ?? {};
        await copy(JSON.stringify({ request, ...metrics }, null, 2));
        notify(strings.copied);
      },
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
