import { appActions } from './actions/app-actions.ts';
import { Registry } from './actions/registry.ts';
import type { AppContext } from './app-context.ts';
import { LinkedCamera } from './canvas/linked-camera.ts';
import { Commands } from './managers/commands.ts';
import { acceptFiles } from './managers/file-drop.ts';
import { JobWatcher } from './managers/job-watcher.ts';
import { PictureLoader } from './managers/picture-loader.ts';
import { restorePreferences, storePreferences } from './managers/preferences.ts';
import { notify, report } from './managers/report.ts';
import { bindShortcuts } from './managers/shortcuts.ts';
import { applyTheme } from './managers/theme.ts';
import { wantedPictures } from './managers/wanted-pictures.ts';
import { Pictures } from './stores/pictures.svelte.ts';
import { Session } from './stores/session.svelte.ts';
import type { Transport } from './transport/transport.ts';

const shownJob = 'seamfield.job';

/** The app put together: what panels see, and what keeps it going. */
export interface App {
  readonly context: AppContext;
  readonly openSample: (name: string) => void;
  /** Listen to the host and to the browser; `dropping` is told while a file hovers. Returns the undoing. */
  readonly start: (dropping: (over: boolean) => void) => () => void;
}

/** Call while a component is being set up: its effects end with that component. */
export function createApp(transport: Transport): App {
  const session = new Session();
  const pictures = new Pictures();
  const camera = new LinkedCamera();
  const commands = new Commands(transport, session, pictures);
  const loader = new PictureLoader(transport, pictures, report);
  const watcher = new JobWatcher(transport, session, pictures, loader, report);
  const copy = (text: string) => navigator.clipboard.writeText(text);
  const registry = new Registry(appActions({ session, commands, camera, notify, copy }), report);

  const remembered = sessionStorage.getItem(shownJob);
  $effect(() => sessionStorage.setItem(shownJob, session.job?.jobId ?? ''));
  restorePreferences(session, localStorage);
  $effect(() => storePreferences(session, localStorage));
  $effect(() => applyTheme(session.theme));
  $effect(() => loader.update(wantedPictures(session), pictures.preview));
  $effect(() => {
    if (session.image === null) camera.fit();
  });

  const greet = async () => {
    [session.info, session.samples] = await Promise.all([
      transport.request('app:info', {}),
      transport.request('images:list-samples', {}),
    ]);
    await watcher.catchUp(remembered);
  };

  return {
    context: { session, pictures, camera, registry },
    openSample: (name) => void commands.openSample(name).catch(report),
    start(dropping) {
      const ends = [
        watcher.start(),
        transport.on('app:command', ({ action }) => registry.has(action) && void registry.run(action)),
        transport.onConnection((connected) => {
          session.connected = connected;
          if (connected) void greet().catch(report);
        }),
        acceptFiles((file) => void commands.openFile(file).catch(report), dropping),
        bindShortcuts(registry),
      ];
      return () => ends.forEach((end) => end());
    },
  };
}
