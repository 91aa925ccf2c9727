import { describe, expect, it } from 'vitest';

import { readOptions } from './options.ts';

const known = ['fuse', 'clone', 'solver', 'marathon'];
const read = (...argv: string[]) => readOptions(argv, known, ['marathon']);

describe('the options of the bench', () => {
  it('are everything at full length where nothing is said', () => {
    expect(read()).toEqual({
      names: ['fuse', 'clone', 'solver'],
      secondsScale: 1,
      list: false,
      writeResults: false,
      help: false,
    });
  });

  it('choose benches by name, which run in their own order', () => {
    expect(read('--only', 'solver,fuse').names).toEqual(['fuse', 'solver']);
  });

  it('run a long bench only where it is named, and keep its results by itself', () => {
    expect(read('--only', 'marathon', '--write-results')).toMatchObject({
      names: ['marathon'],
      writeResults: true,
    });
  });

  it('scale the budgets', () => {
    expect(read('--quick').secondsScale).toBe(0.1);
    expect(read('--seconds-scale', '2.5').secondsScale).toBe(2.5);
    expect(read('--json', 'f.json').json).toBe('f.json');
  });

  it.each([
    [['--only', 'fuse,nothing'], /no bench “nothing”/],
    [['--seconds-scale', '0'], /above 0/],
    [['--seconds-scale', 'much'], /not “much”/],
    [['--seconds-scale='], /takes a number/],
    [['--quick', '--seconds-scale', '1'], /exclude/],
    [['--write-results', '--quick'], /full length/],
    [['--write-results', '--only', 'fuse'], /whole bench/],
    [['--fast'], /--fast/],
  ])('refuse %j', (argv, message) => {
    expect(() => read(...argv)).toThrow(message);
  });
});
