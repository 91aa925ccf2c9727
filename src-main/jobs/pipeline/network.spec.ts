import { describe, expect, it } from 'vitest';
import { coordinateOf } from '../../../src-shared/model/coordinates.ts';
import { planeWaveEngine } from './fake-engine.ts';
import { evaluateOn, everyRow, pixelGrid, sampleAt, scaledGrid } from './network.ts';
import type { Network } from './network.ts';

const size = { width: 6, height: 4 };
const network: Network = {
  engine: planeWaveEngine({ a: 1, b: 0 }),
  spec: { channels: 1, hidden: 4, layers: 1, omega: 1 },
  parameters: { W: [], b: [] },
  size,
};

describe('a grid of another scale', () => {
  it('of the same size is the pixels themselves', () => {
    const { x, y } = scaledGrid(size, size);
    expect([x(0), x(5), y(3)]).toEqual([0, 5, 3]);
  });

  it('covers the same picture: twice the size stands a quarter pixel to either side of each centre', () => {
    const { columns, x } = scaledGrid(size, { width: 12, height: 8 });
    expect(columns).toBe(12);
    expect([x(0), x(1), x(2), x(11)]).toEqual([-0.25, 0.25, 0.75, 5.25]);
  });
});

describe('evaluating on a grid', () => {
  it('asks the network at the domain coordinates of the pixels', async () => {
    const { value, dx } = await evaluateOn(new AbortController().signal, network, pixelGrid(size), 0);
    expect(dx).toBeUndefined();
    expect(value[5]).toBeCloseTo(Math.sin(coordinateOf(5, 6, size)), 6);
    expect(value[6]).toBeCloseTo(Math.sin(coordinateOf(0, 6, size)), 6);
  });

  it('ends when it is cancelled', async () => {
    await expect(evaluateOn(AbortSignal.abort(), network, pixelGrid(size), 0)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('every nth row', () => {
  it('starts with the first and samples the same places', () => {
    const grid = everyRow(pixelGrid({ width: 2, height: 7 }), 3);
    expect([grid.rows, grid.y(0), grid.y(2)]).toEqual([3, 0, 6]);
    const values = Float32Array.from({ length: 14 }, (_, i) => i);
    expect([...sampleAt(values, { width: 2, height: 7 }, 1, grid)]).toEqual([0, 1, 6, 7, 12, 13]);
  });
});
