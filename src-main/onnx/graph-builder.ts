/**
 * Writes an ONNX graph one operator at a time. Every call returns the name of the tensor it makes, so that a graph
 * reads as the formula it computes. It knows no file and no runtime.
 */
import { encodeModel } from './protobuf.ts';
import type { Attribute, ElementType, Model, Node, TensorValue, ValueInfo } from './protobuf.ts';

/** The name of a tensor in the graph. */
export type Ref = string;

/** ONNX IR version and opset of every file we write: the newest that Debian's python3-onnx 1.12 checks. */
export const IR_VERSION = 8;
export const OPSET = 17;

export class GraphBuilder {
  private readonly nodes: Node[] = [];
  private readonly initializers: (TensorValue & { name: string })[] = [];
  private readonly inputs: ValueInfo[] = [];
  private readonly outputs: ValueInfo[] = [];
  private readonly constants = new Map<string, Ref>();
  /** Tensors that a node makes, and the output names some of them are known by outside. */
  private readonly made = new Set<Ref>();
  private readonly outputNames = new Map<Ref, string>();
  private count = 0;

  input(name: string, shape: ValueInfo['shape'], type: ElementType = 'float32'): Ref {
    this.inputs.push({ name, type, shape });
    return name;
  }

  /** A named tensor kept in the file. */
  initializer(name: string, tensor: TensorValue): Ref {
    this.initializers.push({ name, ...tensor });
    return name;
  }

  /** A small constant, shared between all its uses. */
  constant(
    data: readonly number[],
    dims: readonly number[] = [data.length],
    type: ElementType = 'float32',
  ): Ref {
    const text = data.map((value) => (Object.is(value, -0) ? '-0' : String(value))).join();
    const key = `${type}[${dims.join()}]${text}`;
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = this.initializer(`const_${this.constants.size}`, { type, dims, data });
    this.constants.set(key, name);
    return name;
  }

  scalar(value: number): Ref {
    return this.constant([value], []);
  }

  /** A tensor of whole numbers, as shapes, axes and slices want them. */
  ints(...values: number[]): Ref {
    return this.constant(values, [values.length], 'int64');
  }

  /** Adds an operator with one output. */
  op(
    op: string,
    inputs: readonly Ref[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
  ): Ref {
    return this.ops(op, inputs, 1, attributes, domain)[0]!;
  }

  /** Adds an operator with several outputs. */
  ops(
    op: string,
    inputs: readonly Ref[],
    outputCount: number,
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
  ): Ref[] {
    const outputs = Array.from({ length: outputCount }, () => this.fresh(op));
    for (const ref of outputs) this.made.add(ref);
    this.nodes.push({ op, domain, inputs, outputs, attributes });
    return outputs;
  }

  /**
   * Makes `ref` an output of the graph under `name`; `ref` can still be used and be an output again.
   *
   * A node's own tensor is renamed in the finished graph. An input, an initializer or a tensor that is an output
   * already keeps its name and is passed on by an Identity.
   */
  output(name: string, ref: Ref, shape: ValueInfo['shape'], type: ElementType = 'float32'): void {
    if (this.made.has(ref) && !this.outputNames.has(ref)) this.outputNames.set(ref, name);
    else this.nodes.push({ op: 'Identity', domain: '', inputs: [ref], outputs: [name], attributes: {} });
    this.outputs.push({ name, type, shape });
  }

  add = (a: Ref, b: Ref): Ref => this.op('Add', [a, b]);
  sub = (a: Ref, b: Ref): Ref => this.op('Sub', [a, b]);
  mul = (a: Ref, b: Ref): Ref => this.op('Mul', [a, b]);
  div = (a: Ref, b: Ref): Ref => this.op('Div', [a, b]);
  scale = (a: Ref, factor: number): Ref => this.mul(a, this.scalar(factor));
  sin = (a: Ref): Ref => this.op('Sin', [a]);
  cos = (a: Ref): Ref => this.op('Cos', [a]);
  sqrt = (a: Ref): Ref => this.op('Sqrt', [a]);

  /** α·op(a)·op(b) + β·c, all matrices; c may broadcast. */
  gemm(
    a: Ref,
    b: Ref,
    c?: Ref,
    options: { transA?: boolean; transB?: boolean; alpha?: number; beta?: number } = {},
  ): Ref {
    const attributes: Record<string, Attribute> = {};
    if (options.transA === true) attributes['transA'] = { int: 1 };
    if (options.transB === true) attributes['transB'] = { int: 1 };
    if (options.alpha !== undefined) attributes['alpha'] = { float: options.alpha };
    if (options.beta !== undefined) attributes['beta'] = { float: options.beta };
    return this.op('Gemm', c === undefined ? [a, b] : [a, b, c], attributes);
  }

  /** Sum over `axes`, which are dropped unless kept. */
  sum(a: Ref, axes: readonly number[], keep = false): Ref {
    return this.op('ReduceSum', [a, this.ints(...axes)], { keepdims: { int: keep ? 1 : 0 } });
  }

  toModel(name: string, metadata: Readonly<Record<string, string>> = {}): Model {
    const named = (ref: Ref) => this.outputNames.get(ref) ?? ref;
    const contributed = [...new Set(this.nodes.map(({ domain }) => domain))]
      .filter((domain) => domain !== '')
      .map((domain) => ({ domain, version: 1 }));
    return {
      irVersion: IR_VERSION,
      opsets: [{ domain: '', version: OPSET }, ...contributed],
      producer: { name: 'seamfield', version: '1' },
      graph: {
        name,
        nodes: this.nodes.map((node) => ({
          ...node,
          inputs: node.inputs.map(named),
          outputs: node.outputs.map(named),
        })),
        initializers: [...this.initializers],
        inputs: [...this.inputs],
        outputs: [...this.outputs],
      },
      metadata,
    };
  }

  toBytes(name: string, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    return encodeModel(this.toModel(name, metadata));
  }

  private fresh(stem: string): Ref {
    return `${stem.toLowerCase()}_${this.count++}`;
  }
}
