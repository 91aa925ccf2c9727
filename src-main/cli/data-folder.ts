import { join } from 'node:path';

/**
 * Where the app keeps what must outlive it, by the platform's own rules; SEAMFIELD_DATA names another folder.
 */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  const { SEAMFIELD_DATA: named, APPDATA: roaming, XDG_DATA_HOME: xdg } = env;
  if (named) return named;
  if (platform === 'win32') return join(roaming ?? join(home, 'AppData', 'Roaming'), 'Seamfield');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Seamfield');
  return join(xdg ?? join(home, '.local', 'share'), 'seamfield');
}
