import { describe, expect, it } from 'vitest';
import { largestNetwork } from '../../src-shared/model/training.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { SirenModel } from '../siren/model.ts';
import { checkSpec, parameterCount } from '../siren/spec.ts';
import { decodeModel } from './decode.ts';
import { exportModel } from './export-model.ts';
import { importModel } from './import-model.ts';
import { seededModel } from './testing.ts';

const model = seededModel({ channels: 3, hidden: 8, layers: 2, omega: 12.5 }, 1);

function refusal(broken: SirenModel): SeamfieldError {
  try {
    exportModel(broken, { derivatives: true });
  } catch (thrown) {
    if (thrown instanceof SeamfieldError) return thrown;
    throw thrown;
  }
  throw new Error('exported');
}

describe('exportModel', () => {
  it('writes IR 8, opset 17 and standard operators only', () => {
    const { irVersion, opsets, graph } = decodeModel(exportModel(model, { derivatives: true }));
    expect([irVersion, opsets]).toEqual([8, [{ domain: '', version: 17 }]]);
    expect(new Set(graph.nodes.map(({ domain }) => domain))).toEqual(new Set(['']));
    expect(new Set(graph.nodes.map(({ op }) => op))).toEqual(
      new Set(['Gemm', 'Add', 'Sub', 'Mul', 'Sin', 'Cos']),
    );
  });

  it('computes values alone with three operators a layer, and nothing that is not used', () => {
    const { nodes, initializers } = decodeModel(exportModel(model, { derivatives: false })).graph;
    expect(nodes.map(({ op }) => op)).toEqual(['Gemm', 'Add', 'Sin', 'Gemm', 'Add', 'Sin', 'Gemm', 'Add']);
    expect(initializers.map(({ name }) => name)).toEqual(['W0', 'b0', 'W1', 'b1', 'W2', 'b2']);
  });

  it('computes derivatives by the graph that files of format 1 have', () => {
    const { graph } = decodeModel(exportModel(model, { derivatives: true }));
    const text = graph.nodes.map(({ op, inputs, outputs }) => `${outputs.join()}=${op}(${inputs.join()})`);
    // Files in the world hold this graph and are refused once it differs: a change needs a new FORMAT_VERSION.
    expect(text).toMatchInlineSnapshot(`
      [
        "gemm_0=Gemm(coords,W0)",
        "add_1=Add(gemm_0,b0)",
        "gemm_2=Gemm(const_0,W0)",
        "gemm_3=Gemm(const_1,W0)",
        "sin_4=Sin(add_1)",
        "cos_5=Cos(add_1)",
        "mul_6=Mul(cos_5,gemm_2)",
        "mul_7=Mul(cos_5,gemm_3)",
        "mul_8=Mul(gemm_2,gemm_2)",
        "mul_9=Mul(gemm_3,gemm_3)",
        "add_10=Add(mul_8,mul_9)",
        "mul_11=Mul(sin_4,add_10)",
        "mul_12=Mul(const_2,mul_11)",
        "gemm_13=Gemm(sin_4,W1)",
        "add_14=Add(gemm_13,b1)",
        "gemm_15=Gemm(mul_6,W1)",
        "gemm_16=Gemm(mul_7,W1)",
        "gemm_17=Gemm(mul_12,W1)",
        "sin_18=Sin(add_14)",
        "cos_19=Cos(add_14)",
        "mul_20=Mul(cos_19,gemm_15)",
        "mul_21=Mul(cos_19,gemm_16)",
        "mul_22=Mul(gemm_15,gemm_15)",
        "mul_23=Mul(gemm_16,gemm_16)",
        "add_24=Add(mul_22,mul_23)",
        "mul_25=Mul(sin_18,add_24)",
        "mul_26=Mul(cos_19,gemm_17)",
        "sub_27=Sub(mul_26,mul_25)",
        "gemm_28=Gemm(sin_18,W2)",
        "rgb=Add(gemm_28,b2)",
        "dx=Gemm(mul_20,W2)",
        "dy=Gemm(mul_21,W2)",
        "laplacian=Gemm(sub_27,W2)",
      ]
    `);
  });

  it('takes any number of coordinates and names its outputs', () => {
    const { inputs, outputs } = decodeModel(exportModel(model, { derivatives: true })).graph;
    expect(inputs).toEqual([{ name: 'coords', type: 'float32', shape: ['N', 2] }]);
    expect(outputs).toEqual(
      ['rgb', 'dx', 'dy', 'laplacian'].map((name) => ({ name, type: 'float32', shape: ['N', 3] })),
    );
  });

  it('describes itself', () => {
    const { metadata } = decodeModel(exportModel(model, { derivatives: false }));
    expect(metadata).toMatchObject({
      'seamfield.version': '1',
      width: '48',
      height: '32',
      channels: '3',
      constant: model.constant.join(),
      operator: 'staggered',
      supervision: 'gradient',
      omega: '12.5',
      hidden: '8',
      layers: '2',
      encoding: 'srgb',
    });
    expect(metadata['outputs']).toContain('columns red, green, blue');
  });

  it('says that the one column of a grey network is grey', () => {
    const grey = seededModel({ channels: 1, hidden: 8, layers: 1, omega: 30 }, 2);
    const { metadata, graph } = decodeModel(exportModel(grey, { derivatives: false }));
    expect(graph.outputs[0]!.shape).toEqual(['N', 1]);
    expect(metadata['outputs']).toContain('one grey column');
  });

  it('costs at most 16 KiB beside its weights', () => {
    const deep = seededModel({ channels: 3, hidden: 64, layers: 6, omega: 30 }, 3);
    const bytes = exportModel(deep, { derivatives: true });
    expect(bytes.length - 4 * parameterCount(deep.spec)).toBeLessThan(16 * 1024);
  });

  it('writes the same bytes for the same network', () => {
    expect(exportModel(model, { derivatives: true })).toEqual(exportModel(model, { derivatives: true }));
  });

  it('refuses a network whose weights are not finite or do not fit its shape', () => {
    const { W, b } = model.parameters;
    const holed = W[1]!.with(3, NaN);
    const finite = refusal({ ...model, parameters: { W: [W[0]!, holed, W[2]!], b } });
    expect([finite.code, finite.message]).toEqual(['bad-model', expect.stringContaining('not finite')]);
    for (const broken of [
      { ...model, parameters: { W: W.slice(1), b } },
      { ...model, parameters: { W: [...W, W[2]!], b } },
      { ...model, parameters: { W, b: [b[0]!, b[1]!, b[2]!.slice(1)] } },
      { ...model, constant: [0] },
      { ...model, spec: { ...model.spec, hidden: 9 } },
    ]) {
      expect(refusal(broken).message).toContain("don't fit its shape");
    }
  });

  it('writes the largest network that can be trained so that it can be opened again', () => {
    const spec = { channels: 3, ...largestNetwork, omega: 30 } as const;
    checkSpec(spec);
    const large = seededModel(spec, 5);
    const bytes = exportModel(large, { derivatives: true });
    expect(bytes.length).toBeLessThan(64 * 2 ** 20);
    const opened = importModel(bytes);
    expect(opened.spec).toEqual(spec);
    for (const [k, W] of large.parameters.W.entries())
      expect(Buffer.compare(Buffer.from(W.buffer), Buffer.from(opened.parameters.W[k]!.buffer))).toBe(0);
    for (const beyond of [{ hidden: spec.hidden + 1 }, { layers: spec.layers + 1 }])
      expect(() => checkSpec({ ...spec, ...beyond })).toThrow('must be a whole number');
  });
});
