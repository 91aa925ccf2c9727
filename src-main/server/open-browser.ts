import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The system's own way to open an address, where there is a screen to open it on. */
function opener(): readonly [string, ...string[]] | undefined {
  if (process.platform === 'darwin') return ['open'];
  // `start` would read & and ^ in the address as its own; this handler takes it as it is.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const { DISPLAY, WAYLAND_DISPLAY, PATH = '' } = process.env;
  if (!DISPLAY && !WAYLAND_DISPLAY) return undefined;
  const found = PATH.split(delimiter).some((folder) => existsSync(join(folder, 'xdg-open')));
  return found ? ['xdg-open'] : undefined;
}

/** Opens an address in the default browser. False where there is none to be found. */
export function openBrowser(url: string): boolean {
  const command = opener();
  if (command === undefined) return false;
  const [program, ...args] = command;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // The address has been printed as well; a browser that doesn't start is no reason to stop.
  child.on('error', () => undefined);
  child.unref();
  return true;
}
