import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { handle } from '../../../src-shared/contract/primitives.ts';
import { budget, jobRequest } from '../../../src-shared/contract/training-schemas.ts';
import { isMissing } from '../../disk/disk.ts';

const leg = v.pipe(v.number(), v.integer(), v.minValue(0));
const file = v.strictObject({ path: v.string(), name: v.string() });

const record = v.strictObject({
  version: v.literal(1),
  /** Its handles were those of the host that wrote it; `files` says what each stood for. */
  request: jobRequest,
  files: v.record(handle, file),
  name: v.string(),
  leg,
  /** Of the leg under way. */
  budget,
  isOver: v.boolean(),
  /** What it is again where the leg under way is cancelled. */
  before: v.exactOptional(v.strictObject({ leg, budget })),
  owner: v.strictObject({ pid: v.number(), started: v.nullable(v.string()) }),
});
/** What `job.json` in a job's folder says. */
export type JobRecord = v.InferOutput<typeof record>;

/** The record in a job's folder: `none` where there is no file, `unreadable` where it is none of ours, or can't be read just now. */
export async function recordIn(path: string): Promise<JobRecord | 'none' | 'unreadable'> {
  try {
    const parsed = v.safeParse(record, JSON.parse(await readFile(join(path, 'job.json'), 'utf8')));
    return parsed.success ? parsed.output : 'unreadable';
  } catch (cause) {
    return isMissing(cause) ? 'none' : 'unreadable';
  }
}
