import { tinykeys, type KeybindingsMap } from 'tinykeys';
import type { Registry } from '../actions/registry.ts';

/** Where keys are text, or choose among options, and only combinations with a modifier are ours. */
const typing =
  'input:not([type=radio], [type=range], [type=checkbox]), textarea, select, [contenteditable=true]';
/** What the arrow keys move by itself. */
const arrowed = 'input, select, [role=separator], [role=slider], [role=menu]';
/** Inside a dialog or an open menu nothing is ours but what closes it. */
const modal = '[role=dialog], [role=alertdialog], [role=menu]';
/** With a modifier, what text fields do by themselves. */
const editing = ['a', 'c', 'v', 'x'];

/** Bind every action's keys on the window. Returns the undoing. */
export function bindShortcuts(registry: Registry): () => void {
  const bindings = (pick: 'run' | 'release'): KeybindingsMap =>
    Object.fromEntries(
      registry.all
        .filter((action) => pick === 'run' || action.release !== undefined)
        .flatMap((action) => (action.keys ?? []).map((keys) => [keys, handler(action.id, pick)] as const)),
    );
  const handler = (id: string, pick: 'run' | 'release') => (event: KeyboardEvent) => {
    if (pick === 'release') return registry.get(id).release?.();
    if (event.repeat && registry.get(id).release !== undefined) return;
    if (!registry.get(id).enabled()) return;
    event.preventDefault();
    void registry.run(id);
  };
  const ignore = ({ target, key, ctrlKey, metaKey }: KeyboardEvent) => {
    if (!(target instanceof Element)) return false;
    const combined = ctrlKey || metaKey;
    if (target.closest(modal) !== null) return !(key === 'k' && combined);
    if (key.startsWith('Arrow') && target.matches(arrowed)) return true;
    return target.matches(typing) && (!combined || editing.includes(key.toLowerCase()));
  };
  // A key that is let go elsewhere is heard of by nobody.
  const releaseAll = () => {
    for (const { release } of registry.all) release?.();
  };
  window.addEventListener('blur', releaseAll);
  const ends = [
    () => window.removeEventListener('blur', releaseAll),
    tinykeys(window, bindings('run'), { ignore }),
    tinykeys(window, bindings('release'), { event: 'keyup', ignore: () => false }),
  ];
  return () => ends.forEach((end) => end());
}
