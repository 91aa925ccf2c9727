import type { Outcome } from './bench.ts';
import { floorColumns, floorRow } from './floor.ts';
import { markdownTable } from './markdown-table.ts';

/** The whole report as Markdown that reads well in a terminal. */
export function reportText(
  machine: Readonly<Record<string, string>>,
  secondsScale: number,
  outcomes: readonly Outcome[],
): string {
  const floors = outcomes.flatMap((outcome) => outcome.floors ?? []);
  const tables = outcomes.flatMap((outcome) => outcome.tables ?? []);
  const notes = outcomes.flatMap((outcome) => outcome.notes ?? []);
  const atFullLength = secondsScale === 1;
  if (!atFullLength) notes.push(`Budgets are ${secondsScale} times their length: floors are not judged.`);
  const floorTable = {
    title: 'Floors',
    columns: floorColumns,
    rows: floors.map((floor) => floorRow(floor, atFullLength)),
  };
  const facts = Object.entries(machine).map(([name, fact]) => `- ${name}: ${fact}`);
  const parts = [
    facts.join('\n'),
    ...(floors.length > 0 ? [markdownTable(floorTable)] : []),
    ...tables.map(markdownTable),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}
