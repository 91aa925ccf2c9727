import { sizeBeside } from '../managers/interface-size.ts';
import type { Help } from '../managers/help.ts';
import type { Session } from '../stores/session.svelte.ts';
import { settingsStrings } from '../strings-settings.ts';
import type { Action } from './action.ts';

interface SettingsContext {
  readonly session: Session;
  readonly help: Help;
}

const words = settingsStrings.actions;

/** Settings, what the app is made of, and what to send when it fails. */
export function settingsActions({ session, help }: SettingsContext): Action[] {
  const always = () => true;
  return [
    {
      id: 'settings',
      group: 'app',
      label: words.settings,
      icon: 'settings',
      keys: ['$mod+,'],
      enabled: always,
      run: () => void (session.overlay = 'settings'),
    },
    {
      id: 'interface-larger',
      group: 'app',
      label: words.larger,
      icon: 'grow',
      keys: ['$mod+Alt+Equal'],
      enabled: () => sizeBeside(session.interfaceSize, 1) !== session.interfaceSize,
      run: () => void (session.interfaceSize = sizeBeside(session.interfaceSize, 1)),
    },
    {
      id: 'interface-smaller',
      group: 'app',
      label: words.smaller,
      icon: 'shrink',
      keys: ['$mod+Alt+Minus'],
      enabled: () => sizeBeside(session.interfaceSize, -1) !== session.interfaceSize,
      run: () => void (session.interfaceSize = sizeBeside(session.interfaceSize, -1)),
    },
    {
      id: 'interface-usual',
      group: 'app',
      label: words.usual,
      icon: 'actual-size',
      keys: ['$mod+Alt+Digit0'],
      enabled: () => session.interfaceSize !== 100,
      run: () => void (session.interfaceSize = 100),
    },
    {
      id: 'about',
      group: 'app',
      label: words.about,
      icon: 'about',
      enabled: always,
      run: async () => {
        session.overlay = 'about';
        await help.loadPackages();
      },
    },
    {
      id: 'copy-report',
      group: 'app',
      label: words.report,
      icon: 'copy',
      enabled: always,
      run: () => help.copyReport(),
    },
    {
      id: 'show-logs',
      group: 'app',
      label: words.logs,
      icon: 'open',
      enabled: always,
      run: () => help.showLogs(),
    },
  ];
}
