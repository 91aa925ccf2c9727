import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { MeasuredView } from '../../src-shared/model/view.ts';
import type { Plane } from './picture.ts';

/**
 * A measured view of a running network's preview, taken from its pixels: central differences (one-sided at the
 * edge), 5-point Laplacian with mirrored neighbours. A stand-in while training: a finished network is asked for its
 * analytic derivatives instead.
 *
 * `preview` holds values; the result has the units of `MeasuredView`.
 */
export function planeOfPreview(preview: Plane, view: MeasuredView): Plane {
  if (view === 'value') return preview;
  const { width, height, channels, data } = preview;
  const perPixel = pixelsPerUnit(preview);
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    const left = x > 0 ? i - 1 : i;
    const right = x < width - 1 ? i + 1 : i;
    const up = y > 0 ? i - width : i;
    const down = y < height - 1 ? i + width : i;
    if (view === 'dx') result[i] = ((data[right]! - data[left]!) / (right - left || 1)) * perPixel;
    else if (view === 'dy') result[i] = ((data[down]! - data[up]!) / ((down - up) / width || 1)) * perPixel;
    else result[i] = (data[left]! + data[right]! + data[up]! + data[down]! - 4 * data[i]!) * perPixel ** 2;
  }
  return { width, height, channels, data: result };
}
