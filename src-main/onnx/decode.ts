/**
 * Reads the part of onnx.proto that protobuf.ts writes, and refuses everything else: a field that is not in its
 * schema, a tensor whose bytes don't fill its shape, weights kept in another file.
 */
import { badModel } from './bad-model.ts';
import { Fields } from './fields.ts';
import type { FieldBudget } from './fields.ts';
import { modelLimits } from './model-limits.ts';
import { attributeTypes, elementTypes } from './protobuf.ts';
import type { Attribute, ElementType, Graph, Model, Node, TensorValue, ValueInfo } from './protobuf.ts';

const elementType = (code: number | undefined): ElementType => {
  for (const [name, known] of Object.entries(elementTypes)) if (known === code) return name as ElementType;
  throw badModel('it holds numbers of a type that Seamfield never writes');
};

/** Entries by key; a key that comes twice is a fault, for readers would disagree on which of them counts. */
function record<T>(entries: readonly (readonly [string, T])[], what: string): Record<string, T> {
  if (new Set(entries.map(([key]) => key)).size < entries.length) {
    throw badModel(`it has two ${what} of the same name`);
  }
  return Object.fromEntries(entries);
}

function elements(type: ElementType, raw: Uint8Array, count: number): TensorValue['data'] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  if (type === 'float32') {
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) data[i] = view.getFloat32(4 * i, true);
    return data;
  }
  return Array.from({ length: count }, (_, i) => {
    if (type === 'bool') return view.getUint8(i);
    return type === 'int32' ? view.getInt32(4 * i, true) : Number(view.getBigInt64(8 * i, true));
  });
}

function decodeTensor(bytes: Uint8Array, budget: FieldBudget): TensorValue & { name: string } {
  const schema = { 1: 'integer', 2: 'integer', 8: 'text', 9: 'bytes', 13: 'bytes', 14: 'integer' } as const;
  const fields = new Fields(bytes, 'tensor', schema, budget);
  if (fields.messages(13).length > 0 || (fields.number(14) ?? 0) !== 0) {
    throw badModel('it keeps its weights in another file');
  }
  const type = elementType(fields.number(2));
  const dims = fields.integers(1);
  const raw = fields.bytes(9) ?? new Uint8Array();
  const width = type === 'int64' ? 8 : type === 'bool' ? 1 : 4;
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (dims.some((dim) => dim < 0) || count * width !== raw.length) {
    throw badModel("it has a tensor whose numbers don't fill its shape");
  }
  if (type !== 'float32' && count > modelLimits.wholeNumbers) {
    throw badModel('it has more whole numbers in one place than any model of Seamfield');
  }
  return { name: fields.text(8), type, dims, data: elements(type, raw, count) };
}

function decodeAttribute(bytes: Uint8Array, budget: FieldBudget): [string, Attribute] {
  const schema = { 1: 'text', 2: 'float', 3: 'integer', 4: 'text', 8: 'integer', 20: 'integer' } as const;
  const fields = new Fields(bytes, 'attribute', schema, budget);
  const type = fields.number(20);
  const name = fields.text(1);
  if (type === attributeTypes.float) return [name, { float: fields.number(2) ?? 0 }];
  if (type === attributeTypes.int) return [name, { int: fields.number(3) ?? 0 }];
  if (type === attributeTypes.text) return [name, { text: fields.text(4) }];
  if (type === attributeTypes.ints) return [name, { ints: fields.integers(8) }];
  throw badModel('it has an attribute of a kind that Seamfield never writes');
}

function decodeNode(bytes: Uint8Array, budget: FieldBudget): Node {
  const schema = { 1: 'text', 2: 'text', 3: 'text', 4: 'text', 5: 'bytes', 7: 'text' } as const;
  const fields = new Fields(bytes, 'operator', schema, budget);
  return {
    op: fields.text(4),
    domain: fields.text(7),
    inputs: fields.texts(1),
    outputs: fields.texts(2),
    attributes: record(
      fields.messages(5).map((attribute) => decodeAttribute(attribute, budget)),
      'attributes',
    ),
  };
}

function decodeDimension(bytes: Uint8Array, budget: FieldBudget): number | string {
  const fields = new Fields(bytes, 'dimension', { 1: 'integer', 2: 'text' }, budget);
  const size = fields.number(1);
  const symbol = fields.text(2);
  if ((size === undefined) === (symbol === '')) throw badModel('it has a dimension without a size');
  return size ?? symbol;
}

function decodeValueInfo(bytes: Uint8Array, budget: FieldBudget): ValueInfo {
  const inside = (fields: Fields, no: number) => fields.bytes(no) ?? new Uint8Array();
  const fields = new Fields(bytes, 'input or output', { 1: 'text', 2: 'bytes' }, budget);
  const type = new Fields(inside(fields, 2), 'type', { 1: 'bytes' }, budget);
  const tensor = new Fields(inside(type, 1), 'tensor type', { 1: 'integer', 2: 'bytes' }, budget);
  const shape = new Fields(inside(tensor, 2), 'shape', { 1: 'bytes' }, budget);
  return {
    name: fields.text(1),
    type: elementType(tensor.number(1)),
    shape: shape.messages(1).map((dim) => decodeDimension(dim, budget)),
  };
}

function decodeGraph(bytes: Uint8Array, budget: FieldBudget): Graph {
  const schema = { 1: 'bytes', 2: 'text', 5: 'bytes', 11: 'bytes', 12: 'bytes' } as const;
  const fields = new Fields(bytes, 'graph', schema, budget);
  return {
    name: fields.text(2),
    nodes: fields.messages(1).map((node) => decodeNode(node, budget)),
    initializers: fields.messages(5).map((tensor) => decodeTensor(tensor, budget)),
    inputs: fields.messages(11).map((info) => decodeValueInfo(info, budget)),
    outputs: fields.messages(12).map((info) => decodeValueInfo(info, budget)),
  };
}

function decodePair(bytes: Uint8Array, message: string, budget: FieldBudget): [string, string] {
  const fields = new Fields(bytes, message, { 1: 'text', 2: 'text' }, budget);
  return [fields.text(1), fields.text(2)];
}

function decodeOpset(bytes: Uint8Array, budget: FieldBudget): Model['opsets'][number] {
  const fields = new Fields(bytes, 'opset', { 1: 'text', 2: 'integer' }, budget);
  return { domain: fields.text(1), version: fields.number(2) ?? 0 };
}

/**
 * The model in the bytes of an .onnx file: the inverse of `encodeModel`.
 *
 * Floats come back as Float32Array, whole numbers as plain arrays. Nothing is said about what the graph computes.
 *
 * @throws SeamfieldError `bad-model` where the bytes are damaged, or hold anything that `encodeModel` never writes
 */
export function decodeModel(bytes: Uint8Array): Model {
  const budget = { fields: modelLimits.fields };
  const schema = { 1: 'integer', 2: 'text', 3: 'text', 7: 'bytes', 8: 'bytes', 14: 'bytes' } as const;
  const fields = new Fields(bytes, 'model', schema, budget);
  const graph = fields.bytes(7);
  if (graph === undefined) throw badModel('there is no network in it');
  return {
    irVersion: fields.number(1) ?? 0,
    opsets: fields.messages(8).map((opset) => decodeOpset(opset, budget)),
    producer: { name: fields.text(2), version: fields.text(3) },
    graph: decodeGraph(graph, budget),
    metadata: record(
      fields.messages(14).map((entry) => decodePair(entry, 'description', budget)),
      'descriptions',
    ),
  };
}
