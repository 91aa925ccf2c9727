import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { openEngine } from '../../engines/open.ts';
import { readSource } from '../../imaging/source.ts';
import { importModel } from '../../onnx/import-model.ts';
import type { SirenModel } from '../../siren/model.ts';
import { parameterCount } from '../../siren/spec.ts';
import type { OpenTask } from '../tasks.ts';
import { engineChoice } from './engine-choice.ts';
import type { FinishedSubject } from './subject.ts';

/** An exported network as a subject to look at. Throws `bad-model` naming the file, and what reading it throws. */
export async function openModel(task: OpenTask): Promise<FinishedSubject> {
  const { path, name } = task.model;
  const { bytes } = await readSource({ path }, name, 'network');
  const model = parse(bytes, name);
  const { spec, parameters, size } = model;
  const engine = await openEngine(engineChoice(task));
  return {
    trained: { engine, spec, parameters, size, model },
    metrics: {
      ...size,
      parameters: parameterCount(spec),
      engine: engine.name,
      provider: engine.provider,
    },
  };
}

function parse(bytes: Uint8Array, name: string): SirenModel {
  try {
    return importModel(bytes);
  } catch (thrown) {
    const { code, message, details } = SeamfieldError.from(thrown);
    throw new SeamfieldError(code, `${name}: ${message}`, { ...details, name });
  }
}
