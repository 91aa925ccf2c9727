import { basename } from 'node:path';
import { movedTo } from '../../src-shared/model/composition.ts';
import { cloneSize } from '../../src-shared/model/training.ts';
import { defined } from '../jobs/defined.ts';
import type { CompositionFiles, FileSource, TrainingTask } from '../jobs/tasks.ts';
import type { FlagValues } from './flags.ts';

const fileAt = (path: string): FileSource => ({ path, name: basename(path) || path });

/** The options that every training shares, as a task has them. */
function training(values: FlagValues) {
  const {
    seconds = 20,
    steps,
    loss,
    hidden,
    layers,
    omega,
    engine,
    provider,
    threads,
    seed,
    solver,
    encoding,
  } = values;
  return {
    budget: steps === undefined ? { seconds } : { steps },
    ...defined({ loss, hidden, layers, omega, engine, provider, threads, seed, solver, encoding }),
  };
}

/** What a training command asks for; the arguments have been checked for completeness. */
export function taskOf(
  command: 'reconstruct' | 'fuse' | 'clone',
  operands: readonly string[],
  values: FlagValues,
): TrainingTask {
  const [first = '', second = ''] = operands;
  const { size, alpha, operator } = values;
  switch (command) {
    case 'reconstruct': {
      const { from = 'gradient' } = values;
      return {
        kind: command,
        image: fileAt(first),
        from,
        ...defined({ size, operator }),
        ...training(values),
      };
    }
    case 'fuse': {
      const images = { a: fileAt(first), b: fileAt(second), alpha: alpha ?? 0.5 };
      return { kind: command, ...images, ...defined({ size }), ...training(values) };
    }
    case 'clone': {
      const { source = '', target = '', mask = '', at = { x: 0, y: 0 }, mode = 'import' } = values;
      const layer = { source: fileAt(source), mask: fileAt(mask), transform: movedTo(at), mode };
      const composition = { target: fileAt(target), layers: [{ ...layer, ...defined({ alpha }) }] };
      const seen = size ?? (values.solver === 'exact' ? undefined : cloneSize);
      return { kind: command, composition, ...defined({ size: seen }), ...training(values) };
    }
  }
}

/** Every file a task reads. */
export function inputsOf(task: TrainingTask): string[] {
  switch (task.kind) {
    case 'reconstruct':
      return [task.image.path];
    case 'fuse':
      return [task.a.path, task.b.path];
    case 'clone':
      return filesOf(task.composition).map(({ path }) => path);
  }
}

function filesOf({ target, layers }: CompositionFiles): FileSource[] {
  return [target, ...layers.flatMap(({ source, mask }) => [source, mask])];
}
