import { describe, expect, it } from 'vitest';
import { Acceleration } from './acceleration.ts';

/** b − A·x of four unknowns that Richardson's x + r takes hundreds of cycles for. */
const diagonal = [1.2, 0.5, 0.1, 0.01];
const b = [3, -1, 2, 5];

function scene() {
  const x = new Float64Array(4);
  const residual = Float64Array.from(b);
  const cycle = () => {
    x.forEach((_, i) => (x[i]! += residual[i]!));
    x.forEach((value, i) => (residual[i] = b[i]! - diagonal[i]! * value));
  };
  const iterate = {
    x: [x.subarray(0, 1), x.subarray(1)],
    residual: [residual.subarray(0, 3), residual.subarray(3)],
  };
  return { x, residual, cycle, acceleration: new Acceleration(iterate) };
}

describe('Acceleration', () => {
  it('needs no more cycles than there are directions, and knows the residual of what it gives', () => {
    const { x, residual, cycle, acceleration } = scene();
    let last = Math.hypot(...residual);
    for (let k = 0; k < 4; k++) {
      acceleration.mark();
      cycle();
      acceleration.improve();
      expect(Math.hypot(...residual)).toBeLessThanOrEqual(last);
      last = Math.hypot(...residual);
      x.forEach((value, i) => expect(residual[i]).toBeCloseTo(b[i]! - diagonal[i]! * value, 10));
    }
    x.forEach((value, i) => expect(value).toBeCloseTo(b[i]! / diagonal[i]!, 8));
  });

  it('leaves what a cycle made that changed nothing', () => {
    const { x, residual, acceleration } = scene();
    acceleration.mark();
    acceleration.improve();
    expect([...x]).toEqual([0, 0, 0, 0]);
    expect([...residual]).toEqual(b);
  });
});
