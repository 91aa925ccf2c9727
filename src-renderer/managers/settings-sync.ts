import { settingsVersion } from '../../src-shared/contract/settings.ts';
import type { Settings } from '../../src-shared/contract/settings.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';

/** Typing a number is no reason to write a file at every key, ms. */
const rest = 400;

/** Keeps the session's settings and the host's the same: taken over once, told on each change. */
export class SettingsSync {
  readonly #transport: Pick<Transport, 'request'>;
  readonly #session: Pick<Session, 'theme' | 'interfaceSize' | 'settings'>;
  readonly #report: (error: unknown) => void;
  #told: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    transport: Pick<Transport, 'request'>,
    session: Pick<Session, 'theme' | 'interfaceSize' | 'settings'>,
    report: (error: unknown) => void,
  ) {
    this.#transport = transport;
    this.#session = session;
    this.#report = report;
  }

  /** The host's settings become the session's; a host that has none yet is told the session's. */
  async takeOver(): Promise<void> {
    if (this.#told !== null) return;
    const before = JSON.stringify(this.current());
    const { settings, isFresh } = await this.#transport.request('settings:get', {});
    this.#told = isFresh ? '' : JSON.stringify(settings);
    // What the user has set meanwhile is newer than what the host had.
    if (isFresh || JSON.stringify(this.current()) !== before) return this.changed(this.current());
    this.#session.theme = settings.theme;
    this.#session.interfaceSize = settings.interfaceSize;
    // A machine's providers may be others this time; the choice is made anew.
    this.#session.settings = { ...settings.training, provider: null };
  }

  /** The session's settings as the contract has them. */
  current(): Settings {
    const { theme, interfaceSize, settings } = this.#session;
    return { version: settingsVersion, theme, interfaceSize, training: { ...settings } };
  }

  /** Tells the host, a little later, of settings that differ from what it knows. */
  changed(settings: Settings): void {
    const text = JSON.stringify(settings);
    clearTimeout(this.#timer);
    if (this.#told === null || text === this.#told) return;
    this.#timer = setTimeout(() => {
      this.#told = text;
      void this.#transport.request('settings:set', settings).catch((error: unknown) => {
        if (this.#told === text) this.#told = '';
        this.#report(error);
      });
    }, rest);
  }
}
