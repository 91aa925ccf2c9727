import { describe, expect, it } from 'vitest';

import type { Outcome } from './bench.ts';
import { reportText } from './report.ts';

const machine = { Processor: 'Z80', Threads: '1' };
const outcomes: Outcome[] = [
  { floors: [{ job: 'fuse', quantity: 'exactPsnr', sense: 'at least', bound: 40, measured: 39 }] },
  { tables: [{ title: 'Solver', columns: ['Size'], rows: [['1024²']] }], notes: ['peer not installed'] },
];

describe('the report', () => {
  it('has the machine first, then floors of all benches in one table, other tables, and notes', () => {
    const text = reportText(machine, 1, outcomes);
    const places = ['- Processor: Z80', '| fuse', 'FAIL', '## Solver', '- peer not installed'].map((part) =>
      text.indexOf(part),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  it('judges no floor when budgets are scaled, and says so', () => {
    const text = reportText(machine, 0.1, outcomes);
    expect(text).not.toContain('FAIL');
    expect(text).toContain('0.1 times');
  });

  it('has no table of floors where no bench has any', () => {
    expect(reportText(machine, 1, outcomes.slice(1))).not.toContain('## Floors');
  });
});
