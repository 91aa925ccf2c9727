import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing.ts';
import { LinearMemory } from './linear-memory.ts';
import { compileLoops, constant, defineLoop, difference, product, sum } from './loop.ts';

const definitions = {
  /** 3·(a₀ + a₂) − b·k, of each value. */
  dense: defineLoop({
    streams: { out: 1, a: 1, b: 1 },
    numbers: ['k'],
    isMeasured: true,
    value: ({ a, b }, { k }) => difference(product(sum(a.at(0), a.at(2)), constant(3)), product(b.at(0), k)),
  }),
  /** The same of every other a, into every other place. */
  sparse: defineLoop({
    streams: { out: 2, a: 2, b: 1 },
    numbers: ['k'],
    value: ({ a, b }, { k }) => difference(product(sum(a.at(0), a.at(2)), constant(3)), product(b.at(0), k)),
  }),
};
const module = () => new WebAssembly.Module(compileLoops(definitions));
const untouched = 1234.5;

/** A memory with noise in a and b, and all of `out` untouched. */
function scene() {
  const memory = new LinearMemory<keyof typeof definitions>(module(), 3 * 8 * 32);
  const random = seededRandom(5);
  const [out, a, b] = [memory.plane(32), memory.plane(32), memory.plane(32)];
  out.values.fill(untouched);
  for (const { values } of [a, b]) values.forEach((_, i) => (values[i] = random() - 0.5));
  return { memory, out, a, b };
}

describe('a compiled loop', () => {
  const counts = [0, 1, 2, 3, 4, 7, 10];

  it.each(counts)(
    'writes %i values as TypeScript computes them, to the bit, and none beside them',
    (count) => {
      const { memory, out, a, b } = scene();
      const expected = out.values.slice();
      for (let i = 0; i < count; i++) {
        expected[3 + i] = (a.values[1 + i]! + a.values[3 + i]!) * 3 - b.values[2 + i]! * 0.7;
      }
      const squares = memory.loops.dense(out.at + 24, a.at + 8, b.at + 16, count, 0.7);
      expect(out.values).toEqual(expected);
      const written = expected.subarray(3, 3 + count);
      expect(squares).toBeCloseTo(
        written.reduce((total, value) => total + value * value, 0),
        12,
      );
    },
  );

  it.each(counts)('writes %i values in every other place, and leaves those between', (count) => {
    const { memory, out, a, b } = scene();
    const expected = out.values.slice();
    for (let i = 0; i < count; i++) {
      expected[3 + 2 * i] = (a.values[1 + 2 * i]! + a.values[3 + 2 * i]!) * 3 - b.values[2 + i]! * 0.7;
    }
    expect(memory.loops.sparse(out.at + 24, a.at + 8, b.at + 16, count, 0.7)).toBe(0);
    expect(out.values).toEqual(expected);
  });
});

describe('LinearMemory', () => {
  it('gives planes side by side, and zeros again once cleared', () => {
    const { memory, out, a } = scene();
    expect(a.at).toBe(out.at + 8 * out.values.length);
    memory.clear();
    const again = memory.plane(96);
    expect(again.at).toBe(out.at);
    expect(again.values.every((value) => value === 0)).toBe(true);
  });
});
