import { describe, expect, it } from 'vitest';
import { coordinateOf } from '../../../../src-shared/model/coordinates.ts';
import type { GradientField, LaplacianField } from '../../../../src-shared/model/field.ts';
import { planeWaveEngine } from '../fake-engine.ts';
import type { Network } from '../network.ts';
import { relativeResidual, rowsApart } from './residual.ts';

const never = new AbortController().signal;
const size = { width: 12, height: 8 };
const wave = { a: 3, b: -2 };
const network: Network = {
  engine: planeWaveEngine(wave),
  spec: { channels: 1, hidden: 4, layers: 1, omega: 1 },
  parameters: { W: [], b: [] },
  size,
};

/** f at pixel positions moved by (dx, dy), as a plane. */
function plane(f: (phase: number) => number, dx = 0, dy = 0): Float64Array {
  return Float64Array.from({ length: 96 }, (_, i) => {
    const x = coordinateOf((i % 12) + dx, 12, size);
    const y = coordinateOf(Math.floor(i / 12) + dy, 8, size);
    return f(wave.a * x + wave.b * y);
  });
}

/** The wave's own gradient where the operator has it, times `gain`. */
function gradient(operator: GradientField['operator'], gain: number): GradientField {
  const half = operator === 'staggered' ? 0.5 : 0;
  const dx = plane((p) => gain * wave.a * Math.cos(p), half, 0);
  const dy = plane((p) => gain * wave.b * Math.cos(p), 0, half);
  return { kind: 'gradient', operator, channels: 1, ...size, dx, dy };
}

describe('the relative residual', () => {
  it.each(['staggered', 'spectral', 'sobel'] as const)(
    'of a network that has the field’s derivatives where they stand is 0 (%s)',
    async (operator) => {
      const residual = await relativeResidual(never, network, { field: gradient(operator, 1) });
      expect(residual).toBeLessThan(1e-12);
    },
  );

  it('of a field twice as steep is a quarter', async () => {
    expect(await relativeResidual(never, network, { field: gradient('staggered', 2) })).toBeCloseTo(0.25, 6);
  });

  it('takes no notice of the meaningless last column and row of a staggered field', async () => {
    const field = gradient('staggered', 1);
    for (let y = 0; y < 8; y++) field.dx[y * 12 + 11] = 1e6;
    for (let x = 0; x < 12; x++) field.dy[7 * 12 + x] = 1e6;
    expect(await relativeResidual(never, network, { field })).toBeLessThan(1e-12);
  });

  it('takes no notice of samples without weight', async () => {
    const field = gradient('spectral', 1);
    field.dx[5] = 1e6;
    const weight = new Float32Array(96).fill(1);
    weight[5] = 0;
    expect(await relativeResidual(never, network, { field, weight })).toBeLessThan(1e-12);
  });

  it.each(['staggered', 'spectral'] as const)(
    'compares Laplacians where they stand (%s)',
    async (operator) => {
      const none = new Float64Array(12);
      const border = { inset: 0.5, left: none, right: none, top: none, bottom: none } as const;
      const square = wave.a ** 2 + wave.b ** 2;
      const laplacian = plane((p) => -2 * square * Math.sin(p));
      if (operator === 'staggered') laplacian[0] = 1e6;
      const field: LaplacianField = { kind: 'laplacian', operator, channels: 1, ...size, laplacian, border };
      expect(await relativeResidual(never, network, { field })).toBeCloseTo(0.25, 6);
    },
  );

  it('has no figure for a field of zeros', async () => {
    expect(await relativeResidual(never, network, { field: gradient('staggered', 0) })).toBeUndefined();
  });
});

describe('measuring derivatives', () => {
  it('is everywhere up to 1024×1024 points, and at no more than about as many beyond', () => {
    expect(rowsApart(1024 * 1024)).toBe(1);
    expect(rowsApart(1024 * 1025)).toBe(2);
    expect(rowsApart(4096 * 4096)).toBe(16);
  });
});
