import { describe, expect, it } from 'vitest';
import { isAllowed } from './licence-rules.ts';

describe('a licence', () => {
  it.each([
    'MIT',
    '(MIT OR CC0-1.0)',
    'GPL-3.0-only OR MIT',
    'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
    '(GPL-2.0-only OR (MIT AND ISC)) AND OFL-1.1',
  ])('%s may come with the app', (expression) => {
    expect(isAllowed(expression)).toBe(true);
  });

  it.each([
    '',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.txt',
    'GPL-3.0-only',
    'MIT AND AGPL-3.0-only',
    'MIT AND',
    'OR MIT',
    '(MIT',
    'MIT)',
    'MIT MIT',
    'mit',
  ])('%j may not, until somebody has looked', (expression) => {
    expect(isAllowed(expression)).toBe(false);
  });
});
