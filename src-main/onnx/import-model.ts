import type { SirenModel } from '../siren/model.ts';
import type { Parameters } from '../siren/spec.ts';
import { layerShapes } from '../siren/spec.ts';
import { badModel } from './bad-model.ts';
import { decodeModel } from './decode.ts';
import { IR_VERSION, OPSET } from './graph-builder.ts';
import { modelGraph } from './model-graph.ts';
import { modelLimits } from './model-limits.ts';
import { readDescription } from './model-metadata.ts';
import type { Graph, Model } from './protobuf.ts';
import { sameGraph } from './same-graph.ts';

function checkVersions({ irVersion, opsets }: Model): void {
  const [opset] = opsets;
  if (irVersion !== IR_VERSION || opsets.length !== 1 || opset?.domain !== '' || opset.version !== OPSET) {
    throw badModel('it is written for another version of ONNX than Seamfield writes');
  }
}

/** The initializers W0, b0, … by the shapes that the description calls for. */
function readParameters({ initializers }: Graph, { spec }: Pick<SirenModel, 'spec'>): Parameters {
  const tensors = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  const take = (name: string, ...dims: number[]): Float32Array => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw badModel(`its weights ${name} are missing`);
    if (tensor.dims.join() !== dims.join() || !(tensor.data instanceof Float32Array)) {
      throw badModel(`its weights ${name} don't have the shape that its description calls for`);
    }
    if (!tensor.data.every((value) => Number.isFinite(value))) {
      throw badModel(`its weights ${name} are not all finite numbers`);
    }
    return tensor.data;
  };
  const shapes = layerShapes(spec);
  return {
    W: shapes.map(({ inputs, outputs }, k) => take(`W${k}`, inputs, outputs)),
    b: shapes.map(({ outputs }, k) => take(`b${k}`, outputs)),
  };
}

/**
 * The network in a file that `exportModel` wrote, with or without derivatives.
 *
 * Nothing of the file is ever executed. Its parameters are read, the graph they belong to is built anew, and the file
 * has to hold that very graph, so that what other programs compute from the file is what Seamfield shows.
 *
 * @throws SeamfieldError `bad-model` for every other file: cut short, damaged, foreign, of another version, too large
 */
export function importModel(bytes: Uint8Array): SirenModel {
  if (bytes.length === 0) throw badModel('the file is empty');
  if (bytes.length > modelLimits.bytes) {
    throw badModel(`the file is larger than ${modelLimits.bytes / 2 ** 20} MiB`);
  }
  const file = decodeModel(bytes);
  const description = readDescription(file.metadata);
  checkVersions(file);
  const model = { ...description, parameters: readParameters(file.graph, description) };
  const derivatives = file.graph.outputs.length > 1;
  if (!sameGraph(file.graph, modelGraph(model, derivatives).graph)) {
    throw badModel('it computes something else than the network that its description calls for');
  }
  return model;
}
