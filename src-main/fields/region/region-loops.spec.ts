import { describe, expect, it } from 'vitest';
import { withRegionMemory } from './region-loops.ts';

describe('withRegionMemory', () => {
  it('says how much it needs where that is not to be had', () => {
    expect(() => withRegionMemory(2 ** 40, () => 0)).toThrow(
      expect.objectContaining({
        code: 'internal',
        message: expect.stringContaining('1048576 MiB') as string,
      }),
    );
  });

  it('has zeros for the next, whatever the last left and however it ended', () => {
    const leaving = () =>
      withRegionMemory(800, (memory) => {
        memory.plane(100).values.fill(1);
        throw new Error('left');
      });
    expect(leaving).toThrow('left');
    withRegionMemory(800, (memory) => expect(memory.plane(100).values).toEqual(new Float64Array(100)));
  });
});
