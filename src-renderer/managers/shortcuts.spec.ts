import { afterEach, expect, it, vi } from 'vitest';
import { Registry } from '../actions/registry.ts';
import { bindShortcuts } from './shortcuts.ts';

afterEach(() => void vi.unstubAllGlobals());

it('what a held key does ends with the window’s focus, for its release is heard of by nobody', () => {
  const window = new EventTarget();
  vi.stubGlobal('window', window);
  const release = vi.fn();
  const held = {
    id: 'hold',
    group: 'view',
    label: 'Hold',
    icon: 'fit',
    keys: ['h'],
    enabled: () => true,
    run: vi.fn(),
  } as const;
  const end = bindShortcuts(new Registry([{ ...held, release }], vi.fn()));
  window.dispatchEvent(new Event('blur'));
  expect(release).toHaveBeenCalledOnce();
  end();
  window.dispatchEvent(new Event('blur'));
  expect(release).toHaveBeenCalledOnce();
});
