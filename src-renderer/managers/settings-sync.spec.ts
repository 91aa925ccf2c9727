import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../src-shared/contract/settings.ts';
import type { Settings } from '../../src-shared/contract/settings.ts';
import type { Transport } from '../transport/transport.ts';
import { SettingsSync } from './settings-sync.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(host: { settings: Settings; isFresh: boolean }) {
  const told: unknown[] = [];
  const request = vi.fn((channel: string, payload: unknown) => {
    if (channel === 'settings:get') return Promise.resolve(host);
    told.push(payload);
    return Promise.resolve({});
  });
  const { theme, interfaceSize, training } = defaultSettings;
  const session: Pick<Settings, 'theme' | 'interfaceSize'> & { settings: Settings['training'] } = {
    theme,
    interfaceSize,
    settings: { ...training },
  };
  const report = vi.fn();
  const sync = new SettingsSync({ request } as unknown as Transport, session, report);
  return { sync, session, told, request, report };
}

const dark: Settings = {
  ...defaultSettings,
  theme: 'dark',
  training: { ...defaultSettings.training, seconds: 7 },
};

describe('settings', () => {
  it('of the host become the page’s, and are not told back', async () => {
    const { sync, session, told } = setUp({ settings: dark, isFresh: false });
    await sync.takeOver();
    expect([session.theme, session.settings.seconds]).toEqual(['dark', 7]);
    sync.changed(sync.current());
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  it('of the page are told to a host that has none', async () => {
    const { sync, session, told } = setUp({ settings: defaultSettings, isFresh: true });
    session.theme = 'light';
    await sync.takeOver();
    vi.runAllTimers();
    expect(told).toEqual([{ ...defaultSettings, theme: 'light' }]);
    expect(session.theme).toBe('light');
  });

  it('that change several times in a moment are told once, as they are in the end', async () => {
    const { sync, session, told } = setUp({ settings: dark, isFresh: false });
    await sync.takeOver();
    for (const seconds of [1, 12, 120]) {
      session.settings = { ...session.settings, seconds };
      sync.changed(sync.current());
      vi.advanceTimersByTime(100);
    }
    vi.runAllTimers();
    expect(told).toEqual([{ ...dark, training: { ...dark.training, seconds: 120 } }]);
  });

  it('do not reach the host before it has said its own', () => {
    const { sync, told } = setUp({ settings: dark, isFresh: false });
    sync.changed(sync.current());
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  it('that the host cannot keep are reported, and told again', async () => {
    const { sync, session, told, request, report } = setUp({ settings: dark, isFresh: false });
    await sync.takeOver();
    request.mockRejectedValueOnce(new Error('disk full'));
    session.theme = 'light';
    sync.changed(sync.current());
    await vi.runAllTimersAsync();
    expect(report).toHaveBeenCalledOnce();
    sync.changed(sync.current());
    await vi.runAllTimersAsync();
    expect(told).toEqual([{ ...dark, theme: 'light' }]);
  });

  it('that the user changes before the host has said its own are kept, and told', async () => {
    const { sync, session, told } = setUp({ settings: dark, isFresh: false });
    const takenOver = sync.takeOver();
    session.theme = 'light';
    await takenOver;
    vi.runAllTimers();
    expect(session.theme).toBe('light');
    expect(told).toMatchObject([{ theme: 'light' }]);
  });
});
