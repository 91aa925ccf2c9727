import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { SirenModel } from '../siren/model.ts';
import { checkSpec, layerShapes, parameterCount } from '../siren/spec.ts';
import { modelGraph } from './model-graph.ts';
import { modelLimits } from './model-limits.ts';
import { encodeModel } from './protobuf.ts';

export interface ExportOptions {
  /** Also compute dx, dy and the Laplacian, in image values per unit (squared) of the domain. */
  readonly derivatives: boolean;
}

function checkNumbers({ spec, parameters: { W, b }, constant }: SirenModel): void {
  const refuse = (fault: string) => {
    throw new SeamfieldError('bad-model', `The network can't be exported: ${fault}.`);
  };
  const shapes = layerShapes(spec);
  const fits = shapes.every(
    ({ inputs, outputs }, k) => W[k]?.length === inputs * outputs && b[k]?.length === outputs,
  );
  if (
    !fits ||
    W.length !== shapes.length ||
    b.length !== shapes.length ||
    constant.length !== spec.channels
  ) {
    refuse("its weights don't fit its shape");
  }
  if (![...W, ...b, constant].every((values) => values.every((value: number) => Number.isFinite(value)))) {
    refuse('its training diverged and left weights that are not finite; train it again with a lower rate');
  }
  if (4 * parameterCount(spec) > modelLimits.weightBytes) {
    refuse(
      `its weights would make a file of more than ${modelLimits.bytes / 2 ** 20} MiB; train one with fewer units`,
    );
  }
}

/**
 * A network as the bytes of an .onnx file that stands alone: ONNX IR 8, opset 17, standard operators.
 *
 * Input `coords`, float32 [N, 2], in coordinates of the domain. Outputs float32 [N, channels]: `rgb`, nominally in
 * 0…1 in the model's encoding (one column for a grey network), and with `derivatives` also `dx`, `dy`, `laplacian`.
 *
 * @throws SeamfieldError `bad-model` where the weights don't fit the spec, are not finite or are too many to be read back,
 *   `bad-option` where the spec is out of range
 */
export function exportModel(model: SirenModel, { derivatives }: ExportOptions): Uint8Array {
  checkSpec(model.spec);
  checkNumbers(model);
  return encodeModel(modelGraph(model, derivatives));
}
