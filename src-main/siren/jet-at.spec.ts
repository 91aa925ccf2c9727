import { describe, expect, it } from 'vitest';
import { initialise } from './initialise.ts';
import { jetsAt } from './jet-at.ts';
import { referenceJet } from './reference.ts';

const spec = { channels: 3, hidden: 8, layers: 3, omega: 6 } as const;
const parameters = initialise(spec, 11);

describe('jets at points', () => {
  it('are those of the scalar tape', () => {
    const points = [0.2, -0.7, -1, 1, 0, 0];
    const jets = jetsAt(spec, parameters, points);
    const plain = { W: parameters.W.map((w) => [...w]), b: parameters.b.map((b) => [...b]) };
    for (let k = 0; k < 3; k++) {
      const expected = referenceJet(spec, plain, [points[2 * k]!, points[2 * k + 1]!]);
      for (const name of ['value', 'dx', 'dy', 'laplacian'] as const) {
        expected[name].forEach((value, c) => expect(jets[name][3 * k + c]).toBeCloseTo(value, 9));
      }
    }
  });

  it('have the derivatives that finite differences find', () => {
    const h = 1e-4;
    const at = (x: number, y: number) => jetsAt(spec, parameters, [x, y]);
    const [x, y] = [0.31, -0.42];
    const [here, left, right] = [at(x, y), at(x - h, y), at(x + h, y)];
    const [up, down] = [at(x, y - h), at(x, y + h)];
    for (let c = 0; c < 3; c++) {
      const v = (jets: typeof here) => jets.value[c]!;
      expect(here.dx[c]).toBeCloseTo((v(right) - v(left)) / (2 * h), 4);
      expect(here.dy[c]).toBeCloseTo((v(down) - v(up)) / (2 * h), 4);
      expect(here.laplacian[c]).toBeCloseTo(
        (v(left) + v(right) + v(up) + v(down) - 4 * v(here)) / (h * h),
        3,
      );
    }
  });
});
