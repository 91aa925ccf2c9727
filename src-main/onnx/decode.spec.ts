import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { decodeModel } from './decode.ts';
import { GraphBuilder } from './graph-builder.ts';
import { encodeModel } from './protobuf.ts';
import type { Attribute, Model, TensorValue } from './protobuf.ts';

/** Text that JavaScript and UTF-8 agree on. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const whole = fc.maxSafeInteger();
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 4 });
const dictionary = <T>(value: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(name, value), { maxLength: 4, selector: ([key]) => key })
    .map(Object.fromEntries<T>);

const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  fc.record({ int: whole }),
  fc.record({ float: fc.float() }),
  fc.record({ ints: list(whole) }),
  fc.record({ text }),
);

const tensor: fc.Arbitrary<TensorValue> = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 })
  .chain((dims) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    const of = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: length, maxLength: length });
    return fc.oneof(
      of(fc.float()).map((data) => ({ type: 'float32' as const, dims, data: Float32Array.from(data) })),
      of(fc.integer()).map((data) => ({ type: 'int32' as const, dims, data })),
      of(whole).map((data) => ({ type: 'int64' as const, dims, data })),
      of(fc.constantFrom(0, 1)).map((data) => ({ type: 'bool' as const, dims, data })),
    );
  });

const info = fc.record({
  name: text,
  type: fc.constantFrom('float32' as const, 'int32' as const, 'int64' as const, 'bool' as const),
  shape: list(fc.oneof(fc.nat(), name)),
});

const model: fc.Arbitrary<Model> = fc.record({
  irVersion: fc.nat(),
  opsets: list(fc.record({ domain: text, version: fc.nat() })),
  producer: fc.record({ name: text, version: text }),
  graph: fc.record({
    name: text,
    nodes: list(
      fc.record({
        op: text,
        domain: text,
        inputs: list(text),
        outputs: list(text),
        attributes: dictionary(attribute),
      }),
    ),
    initializers: list(fc.tuple(tensor, text).map(([value, called]) => ({ ...value, name: called }))),
    inputs: list(info),
    outputs: list(info),
  }),
  metadata: dictionary(text),
});

/** The refusal that decoding ends in. */
function refusal(bytes: Uint8Array): string {
  try {
    decodeModel(bytes);
  } catch (thrown) {
    if (thrown instanceof SeamfieldError && thrown.code === 'bad-model') return thrown.message;
    throw thrown;
  }
  return 'decoded';
}

/** A model whose graph has one initializer, written field by field. */
function withTensor(write: (tensor: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter().tag(7, WireType.LengthDelimited).fork();
  writer.tag(5, WireType.LengthDelimited).fork();
  write(writer);
  return writer.join().join().finish();
}

describe('decodeModel', () => {
  it('gives back every model that encodeModel writes', () => {
    fc.assert(
      fc.property(model, (written) => {
        expect(decodeModel(encodeModel(written))).toEqual(written);
      }),
      { seed: 1 },
    );
  });

  it('reads a graph of thousands of operators', () => {
    const graph = new GraphBuilder();
    let x = graph.input('x', [1]);
    for (let i = 0; i < 20_000; i++) x = graph.sin(x);
    graph.output('y', x, [1]);
    const written = graph.toModel('long');
    expect(decodeModel(encodeModel(written))).toEqual(written);
  });

  it('refuses every proper beginning of a file, or reads it as one that is written like that', () => {
    const graph = new GraphBuilder();
    graph.output('y', graph.scale(graph.input('x', ['N', 1]), 2), ['N', 1]);
    const bytes = graph.toBytes('short', { key: 'value' });
    for (let length = 0; length < bytes.length; length++) {
      const beginning = bytes.slice(0, length);
      if (refusal(beginning) === 'decoded') expect(encodeModel(decodeModel(beginning))).toEqual(beginning);
    }
  });

  it('never ends in anything but a model or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(refusal(bytes)).toMatch(/^decoded$|^The model can't be opened: .+\.$/);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('refuses weights that are kept in another file', () => {
    const external = withTensor((tensor) => {
      tensor.tag(2, WireType.Varint).int64(1).tag(14, WireType.Varint).int64(1);
    });
    expect(refusal(external)).toContain('keeps its weights in another file');
  });

  it.each([
    ['a negative dimension', [-1, -1], 4],
    ['fewer bytes than its shape wants', [2], 4],
    ['more bytes than its shape wants', [], 8],
    ['a shape whose size overflows', [2 ** 40, 2 ** 40, 2 ** 40], 4],
  ])('refuses a tensor with %s', (_, dims, byteLength) => {
    const bytes = withTensor((tensor) => {
      for (const dim of dims) tensor.tag(1, WireType.Varint).int64(dim);
      tensor.tag(2, WireType.Varint).int64(1);
      tensor.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(byteLength));
    });
    expect(refusal(bytes)).toContain("numbers don't fill its shape");
  });

  it('refuses element types, fields and wire types that are never written', () => {
    const type = (code: number) => withTensor((tensor) => tensor.tag(2, WireType.Varint).int64(code));
    expect(refusal(type(11))).toContain('numbers of a type');
    expect(refusal(withTensor((tensor) => tensor.tag(4, WireType.Bit32).float(1)))).toContain('field 4');
    expect(refusal(withTensor((tensor) => tensor.tag(2, WireType.Bit32).float(1)))).toContain('field 2');
    expect(refusal(withTensor((tensor) => tensor.tag(99, WireType.StartGroup)))).toContain('field 99');
  });

  it('refuses what says one thing twice, for readers differ in which they believe', () => {
    const twice = withTensor((tensor) => {
      tensor.tag(2, WireType.Varint).int64(1).tag(2, WireType.Varint).int64(7);
    });
    expect(refusal(twice)).toContain('field 2 more than once');
    const graph = new GraphBuilder().toBytes('g', { a: '1' });
    const entry = new BinaryWriter().tag(14, WireType.LengthDelimited).fork();
    entry.tag(1, WireType.LengthDelimited).string('a').join();
    expect(refusal(new Uint8Array([...graph, ...entry.finish()]))).toContain('two descriptions');
  });

  it('refuses a file of countless tiny parts before they fill the memory', () => {
    const nodes = new Uint8Array(2 ** 22);
    for (let i = 0; i < nodes.length; i += 2) nodes[i] = 0x0a;
    const bytes = new BinaryWriter().tag(7, WireType.LengthDelimited).bytes(nodes).finish();
    expect(refusal(bytes)).toContain('far more parts');
  });

  it('refuses names that are not text, and names without end', () => {
    const named = (bytes: Uint8Array) =>
      withTensor((tensor) => tensor.tag(8, WireType.LengthDelimited).bytes(bytes));
    expect(refusal(named(new Uint8Array([0xff, 0xfe])))).toContain('damaged');
    expect(refusal(named(new Uint8Array(5000).fill(65)))).toContain('too long');
  });
});
