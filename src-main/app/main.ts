/** The entry of the Electron app. */
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { app, BrowserWindow, dialog, session, shell } from 'electron';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import { version } from '../../package.json';
import { providerMemoryName } from '../jobs/check-provider.ts';
import { createServices } from '../services/services.ts';
import { makeUploadsFolder } from '../services/uploads/uploads-folder.ts';
import { AssociatedFiles } from './associated-files.ts';
import { chooseFile, chooseImage, chooseProjectPath, saveFile } from './dialogs.ts';
import { answerPages } from './ipc.ts';
import { confine, denyPermissions } from './lockdown.ts';
import { installMenu } from './menu.ts';
import { registerScheme, servePages } from './protocol.ts';
import { utilityLauncher } from './utility-process.ts';
import { openWindow } from './window.ts';

const here = import.meta.dirname;

function tellPages(message: EventMessage): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send('seamfield:event', message);
}

const associated = new AssociatedFiles();
// Before the app is ready on macOS, where the system has started it for a file.
app.on('open-file', (event, path) => {
  event.preventDefault();
  associated.take(path);
});

async function start(): Promise<void> {
  await app.whenReady();
  denyPermissions(session.defaultSession);
  const services = createServices({
    host: 'electron',
    version,
    launch: utilityLauncher(join(here, 'worker.js')),
    samplesFolder: join(here, '../../assets/samples'),
    jobsFolder: join(app.getPath('userData'), 'jobs'),
    dataFolder: app.getPath('userData'),
    providerMemory: join(app.getPath('userData'), providerMemoryName),
    emit: tellPages,
    chooseImage,
    chooseFile,
    chooseProjectPath,
    openFolder: async (path) => (await shell.openPath(path)) === '',
    deliver: saveFile,
  });
  servePages(join(here, '../renderer'), services.buffers);
  const uploadsFolder = await makeUploadsFolder();
  answerPages(services, uploadsFolder);
  installMenu((action) => tellPages({ event: 'app:command', payload: { action } }), process.platform);

  const show = (path: string) => {
    const { projectId } = services.projects.offer({ path, name: basename(path) });
    tellPages({ event: 'app:open-project', payload: { projectId } });
  };
  const open = () => {
    const window = openWindow(join(here, '../preload/preload.cjs'));
    window.webContents.on('did-finish-load', () => associated.ready(show));
    window.once('closed', () => associated.wait());
  };
  open();
  associated.takeFrom(process.argv, process.cwd());
  app.on('open-file', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('second-instance', (_event, argv, folder) => {
    BrowserWindow.getAllWindows()[0]?.focus();
    associated.takeFrom(argv, folder);
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    const removed = rm(uploadsFolder, { recursive: true, force: true }).catch(() => undefined);
    void Promise.allSettled([services.close(), removed]).then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

/** Without a window there is nothing else that could say it. */
function fail(cause: unknown): void {
  dialog.showErrorBox('Seamfield can’t start', SeamfieldError.from(cause).message);
  app.exit(1);
}

app.enableSandbox();
registerScheme();
confine(app);
if (app.requestSingleInstanceLock()) await start().catch(fail);
else app.quit();
