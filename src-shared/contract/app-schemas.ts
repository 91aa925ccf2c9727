import * as v from 'valibot';
import { engines } from '../model/training.ts';
import { whole } from './primitives.ts';
import { provider } from './training-schemas.ts';

export const appInfo = v.object({
  version: v.string(),
  host: v.picklist(['electron', 'browser']),
  engine: v.picklist(engines),
  /** Providers found to compute right on this machine, the CPU's first; a job that names none runs on the fastest. */
  providers: v.array(provider),
  /** Threads a training uses unless told otherwise. */
  threads: whole(1, 4096),
  /** Processor and system, for people: 'Intel Xeon (2 cores), Linux 6.1'. */
  machine: v.string(),
  /** Name → version of what matters in a bug report: node, onnxruntime, sharp, electron. */
  versions: v.record(v.string(), v.string()),
});
export type AppInfo = v.InferOutput<typeof appInfo>;
