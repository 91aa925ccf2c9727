import { format } from 'prettier';
import { describe, expect, it } from 'vitest';

import { markdownTable } from './markdown-table.ts';

describe('a table', () => {
  it('is Markdown whose columns line up', () => {
    const table = {
      title: 'Jobs',
      columns: ['Job', 'dB'],
      rows: [
        ['clone', '40.1'],
        ['a|b', '7'],
      ],
    };
    expect(markdownTable(table).split('\n')).toEqual([
      '## Jobs',
      '',
      '| Job   |   dB |',
      '| ----- | ---: |',
      '| clone | 40.1 |',
      '| a\\|b  |    7 |',
    ]);
  });

  it('is as narrow as the repository’s formatter has it', async () => {
    const text = markdownTable({ title: 'T', columns: ['Run', 'a'], rows: [['1', '7']] });
    expect(text).toContain('| Run |   a |');
    expect(await format(text, { parser: 'markdown' })).toBe(`${text}\n`);
  });

  it('is refused with a cell too few', () => {
    expect(() => markdownTable({ title: 'T', columns: ['a', 'b'], rows: [['1']] })).toThrow(/2 cells/);
  });
});
