import { describe, expect, it } from 'vitest';
import { pictureOf, valuesAt } from './picture.ts';

const plane = (...data: number[]) =>
  ({ width: 2, height: 1, channels: 3, data: Float32Array.from(data) }) as const;

describe('the numbers under the pointer', () => {
  it('are those of the pixel, one a channel, and none outside', () => {
    const picture = pictureOf('value', [plane(1, 2, 3, 4, 5, 6)]);
    expect(valuesAt(picture, 1, 0)).toEqual([2, 4, 6]);
    expect([valuesAt(picture, 2, 0), valuesAt(picture, 0, -1), valuesAt(null, 0, 0)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('are one length and one angle for the gradient of all channels together', () => {
    const planes = [plane(0, 3, 0, 0, 0, 0), plane(0, 0, 0, 4, 0, 0)];
    expect(valuesAt(pictureOf('magnitude', planes), 1, 0)).toEqual([5]);
    const down = [plane(0, 0, 0, 0, 0, 0), plane(0, 1, 0, 1, 0, 1)];
    expect(valuesAt(pictureOf('direction', down), 1, 0)?.[0]).toBeCloseTo(90, 6);
  });
});
