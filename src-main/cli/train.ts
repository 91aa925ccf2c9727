import type { Metrics } from '../../src-shared/model/metrics.ts';
import { writeTogether, type Output } from '../disk/files.ts';
import { formatOf } from '../imaging/format.ts';
import type { JobEvents, JobProcess } from '../jobs/process.ts';
import { defined } from '../jobs/defined.ts';
import type { Context } from './context.ts';
import type { FlagValues } from './flags.ts';
import { checkOutputs } from './outputs.ts';
import { ProgressBar } from './progress-bar.ts';
import { reportText } from './report.ts';
import { runJob } from './run-job.ts';
import { inputsOf, taskOf } from './tasks.ts';

/** reconstruct, fuse and clone: train, write, report. */
export async function trainCommand(
  context: Context,
  command: 'reconstruct' | 'fuse' | 'clone',
  operands: readonly string[],
  values: FlagValues,
): Promise<void> {
  const { signal, stdout, stderr } = context;
  const task = taskOf(command, operands, values);
  const { out, onnx, json = false } = values;
  const format = out === undefined ? undefined : formatOf(out);
  await checkOutputs(
    [out, onnx].filter((path) => path !== undefined),
    inputsOf(task),
  );

  const bar = new ProgressBar(stderr);
  const watch: Pick<JobEvents, 'started' | 'progress'> = {
    started: (_, notes) => notes.forEach((note) => stderr.write(`seamfield: ${note}\n`)),
    progress: ({ progress }) => bar.show(progress),
  };
  const collect = async (job: JobProcess, metrics: Metrics) => {
    const picture =
      format === undefined ? undefined : await job.ask({ kind: 'picture', format, view: 'value' });
    const model = onnx === undefined ? undefined : await job.ask({ kind: 'model' });
    const outputs: Output[] = [
      ...(out !== undefined && picture ? [{ path: out, bytes: picture.bytes }] : []),
      ...(onnx !== undefined && model ? [{ path: onnx, bytes: model.bytes }] : []),
    ];
    return { metrics, outputs, ...defined({ maxOutsideDifference: picture?.maxOutsideDifference }) };
  };
  const { metrics, outputs, ...outside } = await runJob(context, task, watch, collect).finally(() =>
    bar.clear(),
  );
  signal.throwIfAborted();
  await writeTogether(outputs);
  stdout.write(`${reportText({ ...metrics, ...outside, outputs: outputs.map(({ path }) => path) }, json)}\n`);
}
