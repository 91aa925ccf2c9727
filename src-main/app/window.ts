import { app, BrowserWindow, dialog } from 'electron';
import { origin } from './origin.ts';
import { Reloads } from './reloads.ts';

/** The app's window on its own page, without a power that the page doesn't need. */
export function openWindow(preloadPath: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    // The least that the page's layout is made for.
    minWidth: 800,
    minHeight: 600,
    show: false,
    title: 'Seamfield',
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  // A page that crashed leaves the services and their jobs untouched: it asks for them when it is back.
  const reloads = new Reloads();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (reloads.crashed()) window.webContents.reload();
    else void askAgain(window, reloads).catch(() => undefined);
  });
  // A page with unsaved edits refuses to be left; Electron shows nothing by itself, so the user is asked here.
  window.webContents.on('will-prevent-unload', (event) => {
    const chosen = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'Leave this composition?',
      detail: 'It has edits that are not saved to a project.',
      buttons: ['Stay', 'Leave without saving'],
      defaultId: 0,
      cancelId: 0,
    });
    if (chosen === 1) event.preventDefault();
  });
  // A load that was broken off is begun again by whoever broke it off.
  window.loadURL(`${origin}/`).catch(() => undefined);
  return window;
}

/** A page that crashes again and again can't say so itself. */
async function askAgain(window: BrowserWindow, reloads: Reloads): Promise<void> {
  // A page that crashed before it was ready has its window hidden, and a dialog that belongs to it too.
  window.show();
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Seamfield’s window keeps crashing.',
    detail:
      'It was loaded again several times, and crashed each time. Your work is kept, and a training goes on. Close other ' +
      'programs if memory is short, then try again; or quit and start Seamfield again.',
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) return app.quit();
  reloads.forget();
  if (!window.isDestroyed()) window.webContents.reload();
}
