import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

type Run = (action: string) => void;

/** An entry that runs an action of the renderer's registry. Its keys are the renderer's own; the menu only shows them. */
function entry(label: string, action: string, run: Run, keys?: string): MenuItemConstructorOptions {
  const shown = keys === undefined ? {} : { accelerator: keys, registerAccelerator: false };
  return { label, click: () => run(action), ...shown };
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

function template(run: Run, isMac: boolean): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  return [
    ...own,
    {
      label: '&File',
      submenu: [
        entry('Open…', 'open', run, 'CmdOrCtrl+O'),
        entry('Open project…', 'open-project', run),
        entry('Restore unsaved work…', 'restore-work', run),
        entry('Samples', 'samples', run),
        separator,
        entry('Save project', 'save-project', run, 'CmdOrCtrl+S'),
        entry('Save project as…', 'save-project-as', run, 'CmdOrCtrl+Shift+S'),
        entry('Save a copy as a file…', 'download-project', run),
        separator,
        entry('Export picture…', 'export-picture', run, 'CmdOrCtrl+E'),
        entry('Save network as ONNX…', 'export-onnx', run, 'CmdOrCtrl+Shift+E'),
        separator,
        entry('Settings…', 'settings', run, 'CmdOrCtrl+,'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Training',
      submenu: [
        entry('Train', 'train', run),
        entry('Pause or continue', 'pause', run),
        entry('Stop and keep', 'stop', run),
        entry('Cancel', 'cancel', run),
      ],
    },
    {
      label: '&View',
      submenu: [
        entry('Fit', 'fit', run, 'CmdOrCtrl+0'),
        entry('Actual size', 'actual-size', run, 'CmdOrCtrl+1'),
        separator,
        entry('Larger interface', 'interface-larger', run, 'CmdOrCtrl+Alt+='),
        entry('Smaller interface', 'interface-smaller', run, 'CmdOrCtrl+Alt+-'),
        entry('Interface at its usual size', 'interface-usual', run, 'CmdOrCtrl+Alt+0'),
        separator,
        entry('Command palette…', 'palette', run, 'CmdOrCtrl+K'),
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        entry('Keyboard shortcuts', 'shortcuts', run),
        separator,
        entry('Copy a diagnostics report', 'copy-report', run),
        entry('Show the log files', 'show-logs', run),
        separator,
        entry('About Seamfield', 'about', run),
      ],
    },
  ];
}

/** Puts up the menu; `run` is told the id of the action that was chosen. */
export function installMenu(run: Run, platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(run, platform === 'darwin')));
}
