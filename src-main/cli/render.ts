import { basename } from 'node:path';
import { writeWhole } from '../disk/files.ts';
import { formatOf } from '../imaging/format.ts';
import { defined } from '../jobs/defined.ts';
import type { OpenTask } from '../jobs/tasks.ts';
import type { Context } from './context.ts';
import type { FlagValues } from './flags.ts';
import { checkOutputs } from './outputs.ts';
import { reportText } from './report.ts';
import { runJob } from './run-job.ts';

/** render: an exported network as a picture. */
export async function renderCommand(
  context: Context,
  [path = '']: readonly string[],
  values: FlagValues,
): Promise<void> {
  const { signal, stdout } = context;
  const { out = '', scale = 1, view = 'value', json = false, engine, provider, threads } = values;
  const format = formatOf(out);
  await checkOutputs([out], [path]);
  const model = { path, name: basename(path) || path };
  const task: OpenTask = { kind: 'open', model, ...defined({ engine, provider, threads }) };
  const { metrics, bytes } = await runJob(context, task, {}, async (job, found) => ({
    metrics: found,
    ...(await job.ask({ kind: 'picture', format, view, scale })),
  }));
  signal.throwIfAborted();
  await writeWhole(out, bytes);
  const side = (n = 0) => Math.max(1, Math.round(n * scale));
  const size = { width: side(metrics.width), height: side(metrics.height) };
  stdout.write(`${reportText({ ...metrics, ...size, outputs: [out] }, json)}\n`);
}
