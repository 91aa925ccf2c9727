import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { SirenModel } from '../siren/model.ts';
import { decodeModel } from './decode.ts';
import { exportModel } from './export-model.ts';
import { GraphBuilder } from './graph-builder.ts';
import { importModel } from './import-model.ts';
import { encodeModel } from './protobuf.ts';
import type { Graph, Model } from './protobuf.ts';
import { seededModel } from './testing.ts';

const model = seededModel({ channels: 3, hidden: 6, layers: 2, omega: 22.5 }, 1);
const good = exportModel(model, { derivatives: true });
const plain = exportModel(model, { derivatives: false });

/** The imported network, or the sentence it was refused with. */
function open(bytes: Uint8Array): SirenModel | string {
  try {
    return importModel(bytes);
  } catch (thrown) {
    if (thrown instanceof SeamfieldError && thrown.code === 'bad-model') return thrown.message;
    throw thrown;
  }
}

/** Either a sentence, or a network of finite numbers within the limits. */
function expectSafe(outcome: SirenModel | string): void {
  if (typeof outcome === 'string') {
    expect(outcome).toMatch(/^The model can't be opened: .+\.$/s);
    return;
  }
  const { spec, size, parameters, constant } = outcome;
  const numbers = [...parameters.W, ...parameters.b].flatMap((values) => [...values]);
  const facts = [spec.omega, spec.hidden, spec.layers, size.width, size.height, ...constant];
  expect([...numbers, ...facts].every(Number.isFinite)).toBe(true);
  expect(spec.hidden).toBeLessThanOrEqual(1024);
  expect(spec.layers).toBeLessThanOrEqual(16);
}

const edited = (change: (file: Model) => Partial<Model>, bytes = good) => {
  const file = decodeModel(bytes);
  return open(encodeModel({ ...file, ...change(file) }));
};
const withGraph = (change: (graph: Graph) => Partial<Graph>) =>
  edited(({ graph }) => ({ graph: { ...graph, ...change(graph) } }));
const withMetadata = (entries: Record<string, string>) =>
  edited(({ metadata }) => ({ metadata: { ...metadata, ...entries } }));

const anyModel = fc
  .record({
    channels: fc.constantFrom(1 as const, 3 as const),
    hidden: fc.integer({ min: 4, max: 9 }),
    layers: fc.integer({ min: 1, max: 4 }),
    omega: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    seed: fc.integer(),
    width: fc.integer({ min: 1, max: 65_535 }),
    height: fc.integer({ min: 1, max: 1000 }),
    operator: fc.constantFrom('staggered' as const, 'spectral' as const, 'sobel' as const),
    supervision: fc.constantFrom('gradient' as const, 'laplacian' as const),
    encoding: fc.constantFrom('srgb' as const, 'linear' as const),
    offset: fc.double({ noNaN: true, noDefaultInfinity: true }),
  })
  .map(({ channels, hidden, layers, omega, seed, width, height, offset, ...rest }): SirenModel => {
    const seeded = seededModel({ channels, hidden, layers, omega }, seed);
    return { ...seeded, size: { width, height }, constant: seeded.constant.map(() => offset + 0), ...rest };
  });

describe('importModel', () => {
  it('gives back every network that exportModel writes, to the bit', () => {
    fc.assert(
      fc.property(anyModel, fc.boolean(), (written, derivatives) => {
        expect(importModel(exportModel(written, { derivatives }))).toEqual(written);
      }),
      { seed: 1 },
    );
  });

  it('reads from the middle of a larger buffer', () => {
    const buffer = new Uint8Array(good.length + 7);
    buffer.set(good, 3);
    expect(importModel(buffer.subarray(3, 3 + good.length))).toEqual(model);
  });

  it('refuses every file that is cut short', () => {
    for (let length = 0; length < good.length; length++) {
      expect(open(good.subarray(0, length))).toMatch(/^The model can't be opened: .+\.$/);
    }
    expect(open(good.subarray(0, good.length >> 1))).toContain('cut short or damaged');
  });

  it('refuses a file with a flipped bit, or opens a network of finite numbers', () => {
    for (const file of [good, plain]) {
      for (let bit = 0; bit < 8 * file.length; bit += 3) {
        const flipped = file.slice();
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        expectSafe(open(flipped));
      }
    }
  });

  it('survives bytes replaced, dropped, doubled and inserted', () => {
    const edit = fc.record({
      at: fc.nat({ max: good.length - 1 }),
      drop: fc.nat({ max: 12 }),
      insert: fc.uint8Array({ maxLength: 12 }),
      copy: fc.nat({ max: 64 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let bytes: number[] = [...good];
        for (const { at, drop, insert, copy } of edits) {
          bytes = [...bytes.slice(0, at), ...insert, ...bytes.slice(at + drop - copy)];
        }
        expectSafe(open(Uint8Array.from(bytes)));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it.each([
    ['an empty file', new Uint8Array()],
    ['text', new TextEncoder().encode('{"not": "a model"}')],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['zeros', new Uint8Array(1000)],
  ])('refuses %s', (_, bytes) => {
    expect(open(bytes)).toMatch(/^The model can't be opened: /);
  });

  it('refuses a file of more than 64 MiB before looking inside', () => {
    expect(open(new Uint8Array(64 * 2 ** 20 + 1))).toContain('larger than 64 MiB');
  });

  it('refuses a model that another program wrote', () => {
    const graph = new GraphBuilder();
    graph.output('rgb', graph.sin(graph.input('coords', ['N', 2])), ['N', 2]);
    expect(open(graph.toBytes('siren'))).toContain('not exported by Seamfield');
  });

  it('refuses another version of the format, and says which one', () => {
    expect(withMetadata({ 'seamfield.version': '2' })).toContain('version 2');
  });

  it('refuses another ONNX version', () => {
    const sentence = 'another version of ONNX';
    expect(edited(() => ({ irVersion: 9 }))).toContain(sentence);
    expect(edited(() => ({ opsets: [{ domain: '', version: 18 }] }))).toContain(sentence);
    expect(edited(() => ({ opsets: [{ domain: 'com.microsoft', version: 17 }] }))).toContain(sentence);
    expect(edited(({ opsets }) => ({ opsets: [...opsets, ...opsets] }))).toContain(sentence);
  });

  it.each([
    ['width', '0'],
    ['width', '65536'],
    ['height', '-3'],
    ['height', '3.5'],
    ['height', '0x10'],
    ['channels', '2'],
    ['constant', '0.5'],
    ['constant', '0.5,0.5,0.5,0.5'],
    ['constant', '0.5,,0.5'],
    ['constant', '1e999,0,0'],
    ['operator', 'prewitt'],
    ['supervision', 'values'],
    ['omega', '0'],
    ['omega', '1001'],
    ['omega', 'NaN'],
    ['omega', 'Infinity'],
    ['hidden', '1025'],
    ['hidden', '3'],
    ['layers', '0'],
    ['layers', '17'],
    ['encoding', 'p3'],
  ])('refuses %s "%s" and names the entry', (key, value) => {
    expect(withMetadata({ [key]: value })).toContain(`wrong at "${key}"`);
  });

  it('refuses a size of more pixels than can be shown, and a missing entry', () => {
    expect(withMetadata({ width: '60000', height: '60000' })).toContain('wrong at "width"');
    const without = edited(({ metadata }) => ({
      metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'omega')),
    }));
    expect(without).toContain('wrong at "omega"');
  });

  it('leaves metadata of other programs alone', () => {
    expect(withMetadata({ author: 'somebody' })).toEqual(model);
  });

  it('refuses weights that are missing, of another shape or type, or not finite', () => {
    const change = (edit: (tensor: Graph['initializers'][number]) => Graph['initializers']) =>
      withGraph(({ initializers }) => ({
        initializers: initializers.flatMap((tensor) => (tensor.name === 'W1' ? edit(tensor) : [tensor])),
      }));
    expect(change(() => [])).toContain('W1 are missing');
    expect(change((W1) => [{ ...W1, dims: [4, 9] }])).toContain("W1 don't have the shape");
    expect(change((W1) => [{ ...W1, dims: [36] }])).toContain("W1 don't have the shape");
    expect(change((W1) => [{ ...W1, type: 'int32', data: [...W1.data].fill(0) }])).toContain('W1');
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(change((W1) => [{ ...W1, data: Float32Array.from(W1.data).with(5, bad) }])).toContain(
        'W1 are not all finite',
      );
    }
  });

  it('refuses weights that do not belong to the described network', () => {
    expect(withMetadata({ hidden: '7' })).toContain("don't have the shape");
    expect(withMetadata({ layers: '3' })).toContain("W2 don't have the shape");
    expect(withMetadata({ layers: '1' })).toContain("W1 don't have the shape");
    expect(withMetadata({ channels: '1', constant: '0' })).toContain("W2 don't have the shape");
  });

  it('refuses a graph that computes anything else', () => {
    const sentence = 'computes something else';
    const node = (i: number, change: Partial<Graph['nodes'][number]>) =>
      withGraph(({ nodes }) => ({ nodes: nodes.with(i, { ...nodes[i]!, ...change }) }));
    expect(node(1, { op: 'Sub' })).toContain(sentence);
    expect(node(1, { domain: 'com.microsoft' })).toContain(sentence);
    expect(node(1, { inputs: ['coords', 'W0'] })).toContain(sentence);
    expect(node(0, { attributes: { alpha: { float: 2 } } })).toContain(sentence);
    expect(node(0, { outputs: ['elsewhere'] })).toContain(sentence);
    expect(withGraph(({ nodes }) => ({ nodes: nodes.slice(1) }))).toContain(sentence);
    expect(withGraph(({ nodes }) => ({ nodes: [...nodes, nodes[0]!] }))).toContain(sentence);
    expect(withGraph(({ outputs }) => ({ outputs: outputs.slice(1) }))).toContain(sentence);
    expect(withGraph(({ outputs }) => ({ outputs: outputs.toReversed() }))).toContain(sentence);
    expect(withGraph(({ outputs }) => ({ outputs: [...outputs, outputs[0]!] }))).toContain(sentence);
    expect(withGraph(({ inputs }) => ({ inputs: [...inputs, inputs[0]!] }))).toContain(sentence);
    expect(withGraph(({ inputs }) => ({ inputs: [{ ...inputs[0]!, shape: [1, 2] }] }))).toContain(sentence);
    expect(withGraph(() => ({ name: 'other' }))).toContain(sentence);
  });

  it('refuses a changed constant, another tensor beside the weights, and a tensor that comes twice', () => {
    const sentence = 'computes something else';
    const constants = withGraph(({ initializers }) => ({
      initializers: initializers.map((tensor) =>
        tensor.name.startsWith('const') ? { ...tensor, data: Array.from(tensor.data, (x) => 2 * x) } : tensor,
      ),
    }));
    expect(constants).toContain(sentence);
    const extra = { name: 'W9', type: 'float32', dims: [1], data: [1] } as const;
    expect(withGraph(({ initializers }) => ({ initializers: [...initializers, extra] }))).toContain(sentence);
    expect(
      withGraph(({ initializers }) => ({ initializers: [...initializers, initializers[0]!] })),
    ).toContain(sentence);
  });
});
