import { describe, expect, it } from 'vitest';
import { gradientOf, laplacianOf } from '../../../fields/index.ts';
import { initialise } from '../../../siren/initialise.ts';
import { jetsAt } from '../../../siren/jet-at.ts';
import { planeWaveEngine } from '../fake-engine.ts';
import type { Problem } from '../problem.ts';
import { probe } from './probe.ts';
import type { Trained } from '../subject.ts';

const size = { width: 6, height: 4 };
const reference = {
  ...size,
  channels: 1,
  data: Float32Array.from({ length: 24 }, (_, i) => (i % 6) ** 2 / 40 + Math.floor(i / 6) / 10),
} as const;
const problemOf = (guidance: Problem['guidance']): Problem => ({
  ...size,
  guidance,
  reference,
  referenceIsTruth: true,
  encoding: 'srgb',
  bitDepth: 8,
  notes: [],
});
const spec = { channels: 1, hidden: 6, layers: 2, omega: 3 } as const;
const parameters = initialise(spec, 5);
const trained: Trained = {
  engine: planeWaveEngine({ a: 1, b: 1 }),
  spec,
  parameters,
  size,
  model: {
    spec,
    parameters,
    size,
    operator: 'staggered',
    supervision: 'gradient',
    encoding: 'srgb',
    constant: [0],
  },
};

describe('a probe', () => {
  it('tells the samples of a staggered field where they stand, and the network exactly there', () => {
    const problem = problemOf({ field: gradientOf(reference, 'staggered') });
    const found = probe({ problem, trained }, { x: 2.6, y: 1.2 });
    const [dx, dy] = found.supervision;
    // Half-way between the pixels (2, 1) and (3, 1); the longer side of 6 pixels spans two units.
    expect(dx).toMatchObject({ of: 'dx', x: 2.5, y: 1 });
    expect(dx?.value[0]).toBeCloseTo((5 / 40) * 3, 6);
    expect(dy).toMatchObject({ of: 'dy', x: 3, y: 1.5 });
    expect(dy?.value[0]).toBeCloseTo(0.1 * 3, 6);
    const there = jetsAt(spec, parameters, [0, -1 / 6]);
    expect(dx?.network?.[0]).toBeCloseTo(there.dx[0]!, 10);
    expect(found.domain.x).toBeCloseTo((2.6 - 2.5) / 3, 12);
    const here = jetsAt(spec, parameters, [found.domain.x, found.domain.y]);
    expect(found.network?.laplacian[0]).toBeCloseTo(here.laplacian[0]!, 10);
    expect(found.photograph[0]).toBeCloseTo(9 / 40 + 0.1, 6);
  });

  it('of a Laplacian field tells the nearest sample inside its border, and nothing of a network there is not', () => {
    const problem = problemOf({ field: laplacianOf(reference, 'staggered') });
    const found = probe({ problem }, { x: -3, y: 0 });
    expect(found.supervision).toHaveLength(1);
    expect(found.supervision[0]).toMatchObject({ of: 'laplacian', x: 1, y: 1 });
    expect(found.supervision[0]?.value[0]).toBeCloseTo((2 / 40) * 9, 5);
    expect(found).not.toHaveProperty('network');
    expect(found.supervision[0]).not.toHaveProperty('network');
  });

  it('of a network from a file has no field to tell of', () => {
    expect(() => probe({ trained }, { x: 0, y: 0 })).toThrow('no field');
  });
});
