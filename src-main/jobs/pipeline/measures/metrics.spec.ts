import { describe, expect, it } from 'vitest';
import { coordinateOf } from '../../../../src-shared/model/coordinates.ts';
import { exactSolution, gradientOf } from '../../../fields/index.ts';
import { withConstant } from './constant.ts';
import { planeWaveEngine } from '../fake-engine.ts';
import { networkFigures } from './metrics.ts';
import type { Network } from '../network.ts';
import type { Problem } from '../problem.ts';

const never = new AbortController().signal;
const size = { width: 48, height: 32 };
/** A half-wave over the whole picture, whose even extension is smooth in x and constant in y. */
const wave = { a: Math.PI / 2, b: 0 };
const network: Network = {
  engine: planeWaveEngine(wave),
  spec: { channels: 1, hidden: 4, layers: 1, omega: 1 },
  parameters: { W: [], b: [] },
  size,
};
const values = Float32Array.from({ length: 48 * 32 }, (_, i) =>
  Math.sin(wave.a * coordinateOf(i % 48, 48, size)),
);
const reference = { ...size, channels: 1, data: values } as const;
const problem: Problem = {
  ...size,
  guidance: { field: gradientOf(reference, 'spectral') },
  reference,
  referenceIsTruth: true,
  encoding: 'srgb',
  bitDepth: 8,
  notes: [],
};
const exact = exactSolution(never, problem.guidance);

describe('the figures of a network', () => {
  it('are as good as single precision allows for one that is the photograph', async () => {
    const figures = await networkFigures(never, network, problem, values, exact);
    expect(figures.psnr).toBeGreaterThan(120);
    expect(figures.exactPsnr).toBeGreaterThan(120);
    expect(figures.gradientPsnr).toBeGreaterThan(80);
    expect(figures.laplacianPsnr).toBeGreaterThan(60);
    expect(figures.residual).toBeLessThan(1e-8);
  });

  it('take no notice of a constant, save within a clone', async () => {
    const lifted = withConstant(values, [0.1]);
    const { psnr, exactPsnr } = await networkFigures(never, network, problem, lifted, exact);
    expect(psnr).toBeGreaterThan(120);
    expect(exactPsnr).toBeGreaterThan(120);
    const inside = new Uint8Array(48 * 32).fill(1);
    const seam = { inside, target: gradientOf(reference, 'staggered') };
    const clone = { ...problem, referenceIsTruth: false, guidance: { ...problem.guidance, seam } };
    const figures = await networkFigures(never, network, clone, lifted, withConstant(exact, [0]));
    expect(Object.keys(figures).sort()).toEqual(['exactPsnr', 'residual']);
    expect(figures.exactPsnr).toBeCloseTo(20, 3);
  });
});
