import type { Graph, Node, TensorValue, ValueInfo } from './protobuf.ts';

const sameList = (a: readonly (number | string)[], b: readonly (number | string)[]) =>
  a.length === b.length && a.every((item, i) => item === b[i]);

function sameNode(a: Node, b: Node): boolean {
  const attributes = (node: Node) => JSON.stringify(Object.entries(node.attributes).sort());
  return (
    a.op === b.op &&
    a.domain === b.domain &&
    sameList(a.inputs, b.inputs) &&
    sameList(a.outputs, b.outputs) &&
    attributes(a) === attributes(b)
  );
}

const sameInfo = (a: ValueInfo, b: ValueInfo) =>
  a.name === b.name && a.type === b.type && sameList(a.shape, b.shape);

type Named = TensorValue & { readonly name: string };

function sameTensor(a: Named, b: Named): boolean {
  if (a.name !== b.name || a.type !== b.type || !sameList(a.dims, b.dims)) return false;
  return a.data === b.data || (a.data.length === b.data.length && a.data.every((x, i) => x === b.data[i]));
}

const same = <T>(a: readonly T[], b: readonly T[], equal: (x: T, y: T) => boolean) =>
  a.length === b.length && a.every((item, i) => equal(item, b[i]!));

/** True where two graphs are written alike: the same operators in the same order on tensors of the same names. */
export function sameGraph(a: Graph, b: Graph): boolean {
  return (
    a.name === b.name &&
    same(a.nodes, b.nodes, sameNode) &&
    same(a.inputs, b.inputs, sameInfo) &&
    same(a.outputs, b.outputs, sameInfo) &&
    same(a.initializers, b.initializers, sameTensor)
  );
}
