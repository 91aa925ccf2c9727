/**
 * Licences that a package of ours may come under. LGPL is libvips', which lies beside the app as a library of its own
 * that anybody may replace.
 */
const allowed: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
];

/**
 * Whether an SPDX expression of AND, OR and brackets can be met by licences that we allow. What is no such expression
 * cannot: somebody has to look at it.
 */
export function isAllowed(expression: string): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const term = (): boolean | undefined => {
    const token = tokens[at++];
    if (token === '(') {
      const inner = either();
      return tokens[at++] === ')' ? inner : undefined;
    }
    return token === undefined || /^(AND|OR|WITH|\))$/.test(token) ? undefined : allowed.includes(token);
  };
  const joined =
    (word: string, part: () => boolean | undefined, join: (a: boolean, b: boolean) => boolean) => () => {
      let value = part();
      while (value !== undefined && tokens[at] === word) {
        at++;
        const next = part();
        value = next === undefined ? undefined : join(value, next);
      }
      return value;
    };
  const both = joined('AND', term, (a, b) => a && b);
  const either = joined('OR', both, (a, b) => a || b);
  return either() === true && at === tokens.length;
}
