import type { Commands } from '../managers/commands.ts';
import type { Exporting } from '../managers/exporting.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Inspector } from '../stores/inspector.svelte.ts';
import { hasNetwork } from '../stores/job.ts';
import { offeredPictures, type OfferedPicture } from '../stores/offered-pictures.ts';
import type { PictureExport } from '../stores/picture-export.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import { exportStrings } from '../strings-export.ts';
import type { Action } from './action.ts';

interface ExportContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly inspector: Inspector;
  readonly pictureExport: PictureExport;
  readonly exporting: Exporting;
  readonly commands: Pick<Commands, 'exportNetwork'>;
  /** Tell the user that something was done. */
  readonly notify: (message: string) => void;
  readonly copy: (text: string) => Promise<void>;
}

const words = strings.actions;

/** What was made, to files and to the clipboard. */
export function exportActions(context: ExportContext): Action[] {
  return [...pictureActions(context), ...otherActions(context)];
}

function pictureActions(context: ExportContext): Action[] {
  const { session, pictureExport, exporting, notify } = context;
  const offered = () => offeredPictures(context);
  const chosen = (): OfferedPicture | undefined =>
    offered().find(({ id }) => id === pictureExport.what) ?? offered()[0];
  const isAsked = () =>
    session.overlay === 'export' && pictureExport.running === null && offered().length > 0;
  return [
    {
      id: 'export-picture',
      group: 'export',
      label: exportStrings.open,
      icon: 'picture',
      keys: ['$mod+e'],
      enabled: () => offered().length > 0,
      run: () => {
        const [first] = offered();
        const isOffered = offered().some(({ id }) => id === pictureExport.what);
        // A pane is meant where the panes are; elsewhere what was exported last is likely to be again.
        if (first !== undefined && (session.workspace === 'inspect' || !isOffered))
          pictureExport.what = first.id;
        session.overlay = 'export';
      },
    },
    {
      id: 'export-save',
      group: 'app',
      label: exportStrings.save,
      icon: 'save',
      enabled: isAsked,
      run: async () => {
        const picture = chosen();
        const name = picture === undefined ? null : await exporting.save(picture);
        if (name === null) return;
        session.overlay = null;
        notify(strings.saved(name));
      },
    },
    {
      id: 'export-copy',
      group: 'app',
      label: exportStrings.copy,
      short: exportStrings.copyShort,
      icon: 'copy',
      enabled: isAsked,
      run: async () => {
        const picture = chosen();
        const size = picture === undefined ? null : await exporting.copy(picture);
        if (size !== null) notify(exportStrings.copied(size.width, size.height));
      },
    },
    {
      id: 'export-cancel',
      group: 'app',
      label: exportStrings.cancel,
      icon: 'cancel',
      enabled: () => session.overlay === 'export' && pictureExport.running !== null,
      run: () => exporting.cancel(),
    },
  ];
}

function otherActions({ session, commands, notify, copy }: ExportContext): Action[] {
  const finished = () => hasNetwork(session.job);
  return [
    {
      id: 'export-onnx',
      group: 'export',
      label: words.exportOnnx,
      icon: 'model',
      keys: ['$mod+Shift+E'],
      enabled: finished,
      run: async () => {
        const name = await commands.exportNetwork();
        if (name !== null) notify(strings.saved(name));
      },
    },
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
