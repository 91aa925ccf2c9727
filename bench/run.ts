/** `npm run bench`: measures every claim on this machine, prints the figures as tables and writes them as JSON. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import type { Bench, BenchContext, Outcome } from './bench.ts';
import { root } from './child.ts';
import { machineFacts } from './machine.ts';
import { readOptions, usage } from './options.ts';
import type { BenchOptions } from './options.ts';
import { benches } from './registry.ts';
import { reportText } from './report.ts';

interface Finished {
  readonly bench: Bench;
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly failed: boolean;
}

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** A bench that fails is a line of the report; the others still run. An interrupted one ends everything. */
async function runBench(bench: Bench, context: BenchContext): Promise<Finished> {
  process.stderr.write(`${bench.name}: ${bench.claim} … `);
  const begun = performance.now();
  const finish = (outcome: Outcome, failed: boolean): Finished => {
    const seconds = (performance.now() - begun) / 1000;
    process.stderr.write(`${failed ? 'failed after ' : ''}${seconds.toFixed(1)} s\n`);
    return { bench, outcome, seconds, failed };
  };
  try {
    return finish(await bench.run(context), false);
  } catch (thrown) {
    context.signal.throwIfAborted();
    return finish({ notes: [`${bench.name} failed: ${messageOf(thrown)}`] }, true);
  }
}

async function measureAll(signal: AbortSignal, { names, secondsScale }: BenchOptions): Promise<Finished[]> {
  const folder = await mkdtemp(join(tmpdir(), 'seamfield-bench-'));
  const finished: Finished[] = [];
  try {
    for (const bench of benches.filter(({ name }) => names.includes(name))) {
      finished.push(await runBench(bench, { signal, secondsScale, folder }));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return finished;
}

async function main(signal: AbortSignal, options: BenchOptions): Promise<number> {
  const { secondsScale, json, writeResults } = options;
  const machine = await machineFacts(signal);
  const finished = await measureAll(signal, options);
  const text = reportText(
    machine,
    secondsScale,
    finished.map(({ outcome }) => outcome),
  );
  process.stdout.write(`\n${text}`);
  const record = {
    machine,
    secondsScale,
    benches: finished.map(({ bench, outcome, seconds, failed }) => ({
      name: bench.name,
      claim: bench.claim,
      seconds,
      failed,
      ...outcome,
    })),
  };
  const path = json === undefined ? join(root, 'bench/results/latest.json') : resolve(json);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(record, null, 2)}\n`);
  const hasFailed = finished.some(({ failed }) => failed);
  if (writeResults && !hasFailed) await keep(finished, text);
  return hasFailed ? 1 : 0;
}

/** Writes what stays in the tree: one file for the usual benches together, one for a long one by itself. */
async function keep(finished: readonly Finished[], text: string): Promise<void> {
  const long = finished.find(({ bench }) => bench.isLong);
  const only = long === undefined ? '' : `--only ${long.bench.name} `;
  const preface = `# Figures\n\nWritten by \`npm run bench -- ${only}--write-results\`; not by hand.\n`;
  const name = long === undefined ? 'RESULTS' : long.bench.name;
  await writeFile(join(root, `bench/${name}.md`), `${preface}\n${text}`);
  for (const { file, content } of finished.flatMap(({ outcome }) => outcome.pictures ?? [])) {
    await writeFile(join(root, 'bench', file), content);
  }
}

function optionsOrExit(): BenchOptions {
  try {
    return readOptions(
      process.argv.slice(2),
      benches.map(({ name }) => name),
      benches.filter(({ isLong }) => isLong).map(({ name }) => name),
    );
  } catch (thrown) {
    process.stderr.write(`bench: ${messageOf(thrown)}\n`);
    process.exit(2);
  }
}

const options = optionsOrExit();
if (options.help) {
  process.stdout.write(`${usage}\n`);
} else if (options.list) {
  process.stdout.write(benches.map(({ name, claim }) => `${name}: ${claim}\n`).join(''));
} else {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  process.exitCode = await main(interrupt.signal, options).catch((thrown: unknown) => {
    process.stderr.write(`\nbench: ${interrupt.signal.aborted ? 'stopped' : messageOf(thrown)}\n`);
    return 1;
  });
}
