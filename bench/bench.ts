import type { Floor } from './floor.ts';
import type { Table } from './markdown-table.ts';

/** What a bench is run with. */
export interface BenchContext {
  readonly signal: AbortSignal;
  /** Every budget in seconds is multiplied by it; floors speak of 1. */
  readonly secondsScale: number;
  /** A folder for files, removed at the end. */
  readonly folder: string;
}

/** What a bench found. */
export interface Outcome {
  /** Rows for the table of floors. */
  readonly floors?: readonly Floor[];
  readonly tables?: readonly Table[];
  /** Sentences for the report: what could not be measured, and how to make it measurable. */
  readonly notes?: readonly string[];
  /** Files to keep in bench/ with the results. */
  readonly pictures?: readonly { readonly file: string; readonly content: string }[];
  /** Everything measured, for the JSON file. */
  readonly figures?: unknown;
}

/** One claim about Seamfield, and how it is measured. */
export interface Bench {
  readonly name: string;
  readonly claim: string;
  /** Runs only where it is named, and keeps its results in a file of its own, bench/NAME.md. */
  readonly isLong?: boolean;
  run(context: BenchContext): Promise<Outcome>;
}
