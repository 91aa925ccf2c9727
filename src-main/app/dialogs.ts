import { basename } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import type { OpenDialogOptions, SaveDialogOptions } from 'electron';
import type { ResponseOf } from '../../src-shared/contract/channels.ts';
import { writeWhole } from '../disk/files.ts';
import type { FileSource } from '../jobs/tasks.ts';
import type { MadeFile } from '../services/ports.ts';

const readable = ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'avif', 'gif'];

/** Lets the user choose a photograph; null where they thought better of it. */
export function chooseImage(): Promise<FileSource | null> {
  return ask({
    title: 'Open photograph',
    properties: ['openFile'],
    filters: [
      { name: 'Photographs', extensions: readable },
      { name: 'All files', extensions: ['*'] },
    ],
  });
}

/** Lets the user choose a photograph or a project; null where they thought better of it. */
export function chooseFile(): Promise<FileSource | null> {
  return ask({
    title: 'Open',
    properties: ['openFile'],
    filters: [
      { name: 'Photographs and projects', extensions: [...readable, 'seamfield'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
}

/** Lets the user choose where a project goes; null where they thought better of it. */
export async function chooseProjectPath(name: string): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: 'Save project',
    defaultPath: `${name}.seamfield`,
    filters: [{ name: 'Seamfield projects', extensions: ['seamfield'] }],
  };
  const window = BrowserWindow.getFocusedWindow();
  const asked = window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
  const { canceled, filePath } = await asked;
  if (canceled || filePath === '') return null;
  return filePath.endsWith('.seamfield') ? filePath : `${filePath}.seamfield`;
}

async function ask(options: OpenDialogOptions): Promise<FileSource | null> {
  const window = BrowserWindow.getFocusedWindow();
  const asked = window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
  const [path] = (await asked).filePaths;
  return path === undefined ? null : { path, name: basename(path) };
}

/** Lets the user choose where a made file goes, and writes it there. Throws `unwritable-output`. */
export async function saveFile({ name, bytes }: MadeFile): Promise<ResponseOf<'exports:save'>> {
  const ending = name.split('.').at(-1) ?? '';
  const options: SaveDialogOptions = {
    title: 'Save',
    defaultPath: name,
    filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
  };
  const window = BrowserWindow.getFocusedWindow();
  const asked = window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
  const { canceled, filePath } = await asked;
  if (canceled || filePath === '') return { saved: false };
  await writeWhole(filePath, bytes);
  return { saved: true, name: basename(filePath) };
}
