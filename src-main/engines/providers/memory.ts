/**
 * What has been found out about this machine's providers, kept in a small JSON file so that it is found out once: which
 * passed their check, and which was fastest at jobs of a shape. Loads nothing native.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

import { providers } from '../../../src-shared/model/training.ts';
import type { Provider } from '../../../src-shared/model/training.ts';
import { machineKey } from './machine-key.ts';

const providerName = v.picklist(providers);

const check = v.strictObject({
  passed: v.boolean(),
  /** Why it did not pass. */
  reason: v.exactOptional(v.string()),
  /** Its steps a second as a multiple of the CPU's, at a small job. */
  speed: v.exactOptional(v.number()),
  /** When it was found out, ms since 1970. */
  at: v.number(),
});
export type ProviderCheck = v.InferOutput<typeof check>;

const contents = v.strictObject({
  machine: v.string(),
  checks: v.record(providerName, check),
  /** The fastest, by the shape of the job. */
  races: v.record(v.string(), providerName),
});
type Contents = v.InferOutput<typeof contents>;

/** Verdicts of failure are looked at again after a day: a driver may have been installed. */
const FAILURE_HOLDS = 24 * 3600 * 1000;
/** A small job is the CPU's home ground: a GPU that is this much slower there may be faster at a large one. */
const SLOWEST_CONTENDER = 0.2;
/** Shapes remembered; the oldest goes first. */
const RACES = 64;

export class ProviderMemory {
  /** @param path the file; without one, nothing is remembered */
  constructor(
    private readonly path: string | undefined,
    private readonly machine = machineKey(),
    private readonly now: () => number = Date.now,
  ) {}

  /** The verdict on a provider, where one holds. */
  check(provider: Provider): ProviderCheck | undefined {
    const known = this.read().checks[provider];
    if (known === undefined || known.passed) return known;
    return this.now() - known.at < FAILURE_HOLDS ? known : undefined;
  }

  /** Providers beside the CPU's that passed. */
  passed(): Provider[] {
    const { checks } = this.read();
    return providers.filter((provider) => checks[provider]?.passed === true);
  }

  /** Those that may be faster than the CPU: whatever is this slow at a small job is no GPU (Vulkan in software, say). */
  contenders(): Provider[] {
    return this.passed().filter((provider) => (this.check(provider)?.speed ?? 0) >= SLOWEST_CONTENDER);
  }

  remember(provider: Provider, found: ProviderCheck): void {
    const known = this.read();
    this.write({ ...known, checks: { ...known.checks, [provider]: found } });
  }

  fastest(shape: string): Provider | undefined {
    return this.read().races[shape];
  }

  rememberFastest(shape: string, provider: Provider): void {
    const known = this.read();
    const races = Object.entries(known.races).filter(([other]) => other !== shape);
    const kept = [...races, [shape, provider] as const].slice(-RACES);
    this.write({ ...known, races: Object.fromEntries(kept) });
  }

  private read(): Contents {
    const nothing = { machine: this.machine, checks: {}, races: {} };
    if (this.path === undefined) return nothing;
    try {
      const parsed = v.parse(contents, JSON.parse(readFileSync(this.path, 'utf8')));
      return parsed.machine === this.machine ? parsed : nothing;
    } catch {
      // None yet, or not one of ours: as good as none.
      return nothing;
    }
  }

  /** Written beside and renamed, so that whoever reads finds one state or the other. */
  private write(what: Contents): void {
    if (this.path === undefined) return;
    const beside = `${this.path}.${randomUUID()}`;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(beside, `${JSON.stringify(what, null, 2)}\n`);
      renameSync(beside, this.path);
    } catch {
      // A folder that cannot be written to costs a check the next time, and nothing else.
      discard(beside);
    }
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It never came to be.
  }
}
