import { describe, expect, it } from 'vitest';
import type { MeasuredView } from '../../src-shared/model/view.ts';
import type { Plane } from './picture.ts';
import { planeOfPreview } from './preview-plane.ts';

const [width, height] = [9, 5];

/** u(x, y) at the pixel centres of a 9×5 grid in domain coordinates; the second and third channel its multiples. */
function previewOf(u: (x: number, y: number) => number, channels: 1 | 3 = 1): Plane {
  const pixels = Array.from({ length: width * height }, (_, i) =>
    u((2 * (i % width) + 1 - width) / width, (2 * Math.floor(i / width) + 1 - height) / width),
  );
  const data = Array.from({ length: channels }, (_, c) => pixels.map((value) => value * (c + 1))).flat();
  return { width, height, channels, data: Float32Array.from(data) };
}

const at = (preview: Plane, view: MeasuredView, x: number, y: number, c = 0) =>
  planeOfPreview(preview, view).data[(c * height + y) * width + x];

describe('a derivative of a preview', () => {
  it.each([
    [4, 2],
    [0, 0],
    [8, 4],
  ])('is exact for a plane at (%i, %i), and kept apart by channel', (x, y) => {
    const plane = previewOf((px, py) => 3 * px - 4 * py, 3);
    expect(at(plane, 'dx', x, y)).toBeCloseTo(3, 5);
    expect(at(plane, 'dy', x, y)).toBeCloseTo(-4, 5);
    expect(at(plane, 'dy', x, y, 2)).toBeCloseTo(-12, 4);
  });

  it('knows the Laplacian of a paraboloid', () => {
    const bowl = previewOf((x, y) => x * x + 2 * y * y);
    expect(at(bowl, 'laplacian', 4, 2)).toBeCloseTo(6, 3);
  });

  it('stands a picture one pixel thin', () => {
    const thin: Plane = { width: 1, height: 3, channels: 1, data: Float32Array.of(0, 1, 2) };
    expect([...planeOfPreview(thin, 'dx').data]).toEqual([0, 0, 0]);
    expect([...planeOfPreview(thin, 'dy').data]).toEqual([1.5, 1.5, 1.5]);
  });
});
