export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** As many cells in each row as there are columns. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table as Markdown whose columns line up in a terminal too: the first to the left, the others to the right.
 *
 * Throws where a row has another number of cells than there are columns.
 */
export function markdownTable({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  if (lines.some((row) => row.length !== columns.length)) {
    throw new Error(`a row of “${title}” has not ${columns.length} cells`);
  }
  // As narrow as the repository's formatter has them: what is written is kept there.
  const widths = columns.map((_, i) => Math.max(3, ...lines.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = lines.map((row) =>
    line(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))),
  );
  const rule = line(widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  const [head = '', ...body] = padded;
  return [`## ${title}`, '', head, rule, ...body].join('\n');
}
