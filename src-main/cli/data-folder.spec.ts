import { describe, expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';

describe('the folder of what outlives the app', () => {
  it.each([
    [{ SEAMFIELD_DATA: '/else' }, 'linux', '/else'],
    [{}, 'linux', '/the/home/.local/share/seamfield'],
    [{ XDG_DATA_HOME: '/xdg' }, 'linux', '/xdg/seamfield'],
    [{}, 'darwin', '/the/home/Library/Application Support/Seamfield'],
  ] as const)('with %j on %s is %s', (env, platform, folder) => {
    expect(dataFolder(env, platform, '/the/home')).toBe(folder);
  });
});
