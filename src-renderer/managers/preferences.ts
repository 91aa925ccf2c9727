import * as v from 'valibot';
import { interfaceSizes } from '../../src-shared/contract/settings.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import { losses } from '../../src-shared/model/training.ts';
import type { Session } from '../stores/session.svelte.ts';
import { defaultSettings } from '../stores/training-settings.ts';

const key = 'seamfield.preferences';
const auto = v.fallback(v.nullable(v.number()), null);

const preferences = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  interfaceSize: v.fallback(v.picklist(interfaceSizes), 100),
  settings: v.object({
    from: v.fallback(v.picklist(supervisions), defaultSettings.from),
    operator: v.fallback(v.picklist(operators), defaultSettings.operator),
    size: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(limits.size[0])), defaultSettings.size),
    loss: v.fallback(v.picklist(losses), defaultSettings.loss),
    budget: v.fallback(v.picklist(['draft', 'normal', 'fine', 'custom']), defaultSettings.budget),
    seconds: v.fallback(v.number(), defaultSettings.seconds),
    hidden: auto,
    layers: auto,
    omega: auto,
    seed: auto,
    threads: auto,
    // Not kept: a machine's providers may be others the next time.
    provider: v.fallback(v.null(), null),
  }),
});

/** What the last visit chose; whatever is missing or no longer understood is left as it is. */
export function restorePreferences(session: Session, storage: Storage): void {
  const stored = storage.getItem(key);
  if (stored === null) return;
  try {
    const { theme, interfaceSize, settings } = v.parse(preferences, JSON.parse(stored));
    session.theme = theme;
    session.interfaceSize = interfaceSize;
    session.settings = settings;
  } catch {
    storage.removeItem(key);
  }
}

/** Settings as they were kept, each that is missing or no longer understood at its default; null for what is none. */
export function settingsFrom(text: string): Session['settings'] | null {
  try {
    return v.parse(preferences.entries.settings, JSON.parse(text));
  } catch {
    return null;
  }
}

export function storePreferences({ theme, interfaceSize, settings }: Session, storage: Storage): void {
  storage.setItem(key, JSON.stringify({ theme, interfaceSize, settings }));
}
