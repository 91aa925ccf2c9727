import type { Theme } from '../stores/session.svelte.ts';

const darkSystem = '(prefers-color-scheme: dark)';

/** Put the theme on the document, and keep following the system where that is wished. Returns the undoing. */
export function applyTheme(theme: Theme): () => void {
  const system = matchMedia(darkSystem);
  const apply = () => {
    document.documentElement.dataset['theme'] =
      theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
  };
  apply();
  if (theme === 'system') system.addEventListener('change', apply);
  return () => system.removeEventListener('change', apply);
}
