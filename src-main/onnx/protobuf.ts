/**
 * The part of onnx.proto (ONNX IR 8) that we write: models of plain tensors and attributes.
 *
 * Field numbers are those of https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto. The wire format itself is
 * @bufbuild/protobuf's.
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** TensorProto.DataType of the element types we use. */
export const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof elementTypes;

export interface TensorValue {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: readonly number[] | Float32Array | Int32Array;
}

/** A tensor's name, element type and shape; a string in the shape is a symbolic dimension. */
export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** An attribute value; whole numbers that the operator wants as float are written as {float}. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string };

export interface Node {
  readonly op: string;
  /** '' is ONNX's own domain, 'com.microsoft' onnxruntime's contributed operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly initializers: readonly (TensorValue & { readonly name: string })[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

export interface Model {
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly producer: { readonly name: string; readonly version: string };
  readonly graph: Graph;
  readonly metadata: Readonly<Record<string, string>>;
}

const bytesField = (no: number) => [no, WireType.LengthDelimited] as const;
const varintField = (no: number) => [no, WireType.Varint] as const;

function message(writer: BinaryWriter, no: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(...bytesField(no)).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, no: number, value: string): void {
  if (value !== '') writer.tag(...bytesField(no)).string(value);
}

function integer(writer: BinaryWriter, no: number, value: number): void {
  writer.tag(...varintField(no)).int64(value);
}

/** Little-endian bytes of a tensor, as TensorProto.raw_data wants them on every machine. */
function rawBytes({ type, data }: TensorValue): Uint8Array {
  const width = type === 'int64' ? 8 : type === 'bool' ? 1 : 4;
  const view = new DataView(new ArrayBuffer(data.length * width));
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (type === 'float32') view.setFloat32(4 * i, value, true);
    else if (type === 'int32') view.setInt32(4 * i, value, true);
    else if (type === 'int64') view.setBigInt64(8 * i, BigInt(value), true);
    else view.setUint8(i, value);
  }
  return new Uint8Array(view.buffer);
}

function writeTensor(writer: BinaryWriter, name: string, tensor: TensorValue): void {
  for (const dim of tensor.dims) integer(writer, 1, dim);
  integer(writer, 2, elementTypes[tensor.type]);
  text(writer, 8, name);
  writer.tag(...bytesField(9)).bytes(rawBytes(tensor));
}

/** AttributeProto.AttributeType. */
export const attributeTypes = { float: 1, int: 2, text: 3, ints: 7 } as const;

function writeAttribute(writer: BinaryWriter, name: string, attribute: Attribute): void {
  text(writer, 1, name);
  if ('float' in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    integer(writer, 20, attributeTypes.float);
  } else if ('int' in attribute) {
    integer(writer, 3, attribute.int);
    integer(writer, 20, attributeTypes.int);
  } else if ('text' in attribute) {
    text(writer, 4, attribute.text);
    integer(writer, 20, attributeTypes.text);
  } else {
    for (const value of attribute.ints) integer(writer, 8, value);
    integer(writer, 20, attributeTypes.ints);
  }
}

function writeNode(writer: BinaryWriter, node: Node): void {
  for (const name of node.inputs) writer.tag(...bytesField(1)).string(name);
  for (const name of node.outputs) writer.tag(...bytesField(2)).string(name);
  text(writer, 3, node.outputs[0] ?? '');
  text(writer, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, (inner) => writeAttribute(inner, name, attribute));
  }
  text(writer, 7, node.domain);
}

function writeValueInfo(writer: BinaryWriter, info: ValueInfo): void {
  text(writer, 1, info.name);
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      integer(tensor, 1, elementTypes[info.type]);
      message(tensor, 2, (shape) => {
        for (const dim of info.shape) {
          message(shape, 1, (inner) =>
            typeof dim === 'number' ? integer(inner, 1, dim) : text(inner, 2, dim),
          );
        }
      });
    }),
  );
}

function writeGraph(writer: BinaryWriter, graph: Graph): void {
  for (const node of graph.nodes) message(writer, 1, (inner) => writeNode(inner, node));
  text(writer, 2, graph.name);
  for (const tensor of graph.initializers)
    message(writer, 5, (inner) => writeTensor(inner, tensor.name, tensor));
  for (const info of graph.inputs) message(writer, 11, (inner) => writeValueInfo(inner, info));
  for (const info of graph.outputs) message(writer, 12, (inner) => writeValueInfo(inner, info));
}

/** A model as the bytes of an .onnx file. */
export function encodeModel(model: Model): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, model.irVersion);
  text(writer, 2, model.producer.name);
  text(writer, 3, model.producer.version);
  message(writer, 7, (inner) => writeGraph(inner, model.graph));
  for (const { domain, version } of model.opsets) {
    message(writer, 8, (inner) => {
      text(inner, 1, domain);
      integer(inner, 2, version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    message(writer, 14, (inner) => {
      text(inner, 1, key);
      text(inner, 2, value);
    });
  }
  return writer.finish();
}
