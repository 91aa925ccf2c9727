import { describe, expect, it } from 'vitest';
import { describeKeys } from './keys.ts';

describe('keys', () => {
  it.each([
    ['$mod+Shift+E', 'Ctrl+Shift+E', '⇧⌘E'],
    ['$mod+o', 'Ctrl+O', '⌘O'],
    ['$mod+Enter', 'Ctrl+Enter', '⌘↩'],
    ['$mod+[Shift]++', 'Ctrl++', '⌘+'],
    ['+', '+', '+'],
    ['Shift+Equal', 'Shift+=', '⇧='],
    ['[Shift]+?', '?', '?'],
  ])('%s read as people write them', (keys, elsewhere, mac) => {
    expect([describeKeys(keys, false), describeKeys(keys, true)]).toEqual([elsewhere, mac]);
  });
});
