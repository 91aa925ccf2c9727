/** Keys that look the same everywhere. */
const drawn: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  BracketLeft: '[',
  BracketRight: ']',
  Equal: '=',
  Minus: '−',
  Digit0: '0',
};

/** How keys are written for people: 'Ctrl+Shift+E', or '⇧⌘E' on a Mac. */
export function describeKeys(binding: string, mac: boolean): string {
  // An optional modifier ('[Shift]+?') is whatever the layout needs to type the key.
  const keys = binding.replaceAll(/\[\w+\]\+/g, '');
  const names: Record<string, string> = mac
    ? { ...drawn, $mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Backspace: '⌫' }
    : { ...drawn, $mod: 'Ctrl' };
  // '+' separates, and is itself a key: the last character then.
  const parts = keys.endsWith('+') ? [...keys.slice(0, -1).split('+').filter(Boolean), '+'] : keys.split('+');
  const order = mac ? ['Alt', 'Shift', '$mod'] : ['$mod', 'Alt', 'Shift'];
  const rank = (part: string) => (order.includes(part) ? order.indexOf(part) : order.length);
  return [...parts]
    .sort((a, b) => rank(a) - rank(b))
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(mac ? '' : '+');
}

export const isMac = () => /mac/i.test(navigator.userAgent);
