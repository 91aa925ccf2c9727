import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { SirenModel } from '../siren/model.ts';
import { parameterCount } from '../siren/spec.ts';
import { decodeModel } from './decode.ts';
import { exportModel } from './export-model.ts';
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
        "gemm_2=Gemm(coords,W0)",
        "add_3=Add(gemm_2,b0)",
        "gemm_4=Gemm(const_0,W0)",
        "gemm_5=Gemm(const_1,W0)",
        "sin_6=Sin(add_3)",
        "cos_7=Cos(add_3)",
        "mul_8=Mul(cos_7,gemm_4)",
        "mul_9=Mul(cos_7,gemm_5)",
        "mul_10=Mul(gemm_4,gemm_4)",
        "mul_11=Mul(gemm_5,gemm_5)",
        "add_12=Add(mul_10,mul_11)",
        "mul_13=Mul(sin_6,add_12)",
        "mul_15=Mul(const_14,mul_13)",
        "gemm_16=Gemm(sin_6,W1)",
        "add_17=Add(gemm_16,b1)",
        "gemm_18=Gemm(mul_8,W1)",
        "gemm_19=Gemm(mul_9,W1)",
        "gemm_20=Gemm(mul_15,W1)",
        "sin_21=Sin(add_17)",
        "cos_22=Cos(add_17)",
        "mul_23=Mul(cos_22,gemm_18)",
        "mul_24=Mul(cos_22,gemm_19)",
        "mul_25=Mul(gemm_18,gemm_18)",
        "mul_26=Mul(gemm_19,gemm_19)",
        "add_27=Add(mul_25,mul_26)",
        "mul_28=Mul(sin_21,add_27)",
        "mul_29=Mul(cos_22,gemm_20)",
        "sub_30=Sub(mul_29,mul_28)",
        "gemm_31=Gemm(sin_21,W2)",
        "rgb=Add(gemm_31,b2)",
        "dx=Gemm(mul_23,W2)",
        "dy=Gemm(mul_24,W2)",
        "laplacian=Gemm(sub_30,W2)",
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

  it('refuses a network that would make a larger file than can be opened again', () => {
    const wide: SirenModel = {
      ...model,
      spec: { channels: 1, hidden: 2048, layers: 5, omega: 30 },
      constant: [0],
      parameters: {
        W: [2 * 2048, 2048 ** 2, 2048 ** 2, 2048 ** 2, 2048 ** 2, 2048].map((n) => new Float32Array(n)),
        b: [2048, 2048, 2048, 2048, 2048, 1].map((n) => new Float32Array(n)),
      },
    };
    expect(refusal(wide).message).toContain('more than 64 MiB');
  });
});
