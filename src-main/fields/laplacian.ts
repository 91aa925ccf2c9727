import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import {
  interiorSpan,
  type BorderGradient,
  type LaplacianField,
  type Operator,
} from '../../src-shared/model/field.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { Raster } from './raster.ts';
import { PlaneTransform } from './transform/plane-transform.ts';
import { coefficientsOf, scaled, waveFactors, waveNumber } from './transform/spectral.ts';

/**
 * The Laplacian of an image, in image values per squared unit of the domain, with the normal gradient along its
 * border: together they leave the image free by one constant a channel.
 *
 * `staggered` and `sobel` take the same 5-point differences on interior pixels and half a pixel inside the border.
 * `spectral` takes the Laplacian of the even extension at every pixel, whose normal gradient at the edge is 0.
 * Where a side is shorter than 3 pixels there is no interior: the 5-point Laplacian is then the other side's second
 * difference by itself, so that nothing of the image is lost. A constant cancels as in `gradientOf`.
 */
export function laplacianOf(image: Raster, operator: Operator): LaplacianField {
  const { width, height, channels } = image;
  const spectral = operator === 'spectral';
  const laplacian = spectral ? spectralLaplacian(image) : fivePointLaplacian(image);
  const border = spectral ? noGradient(image, channels) : borderDifferences(image);
  return { kind: 'laplacian', operator, width, height, channels, laplacian, border };
}

function fivePointLaplacian({ width, height, channels, data }: Raster): Float64Array {
  const perSquaredUnit = pixelsPerUnit({ width, height }) ** 2;
  const out = new Float64Array(data.length);
  const [left, right] = interiorSpan(width, height);
  const [top, bottom] = interiorSpan(height, width);
  for (let c = 0; c < channels; c++) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const i = (c * height + y) * width + x;
        const here = data[i]!;
        const alongX = width < 3 ? 0 : data[i + 1]! - here + (data[i - 1]! - here);
        const alongY = height < 3 ? 0 : data[i + width]! - here + (data[i - width]! - here);
        out[i] = (alongX + alongY) * perSquaredUnit;
      }
    }
  }
  return out;
}

/** The differences across the outermost pair of pixels on each side; 0 where there is but one pixel. */
function borderDifferences(image: Raster): BorderGradient {
  const { width, height, channels, data } = image;
  const perUnit = pixelsPerUnit(image);
  const border = { ...noGradient(image, channels), inset: 0.5 } as const;
  for (let c = 0; c < channels; c++) {
    const plane = c * width * height;
    for (let y = 0; width > 1 && y < height; y++) {
      const first = plane + y * width;
      const last = first + width - 1;
      border.left[c * height + y] = (data[first + 1]! - data[first]!) * perUnit;
      border.right[c * height + y] = (data[last]! - data[last - 1]!) * perUnit;
    }
    for (let x = 0; height > 1 && x < width; x++) {
      const first = plane + x;
      const last = first + (height - 1) * width;
      border.top[c * width + x] = (data[first + width]! - data[first]!) * perUnit;
      border.bottom[c * width + x] = (data[last]! - data[last - width]!) * perUnit;
    }
  }
  return border;
}

function spectralLaplacian(image: Raster): Float64Array {
  const { width, height, channels, data } = image;
  const perUnit = pixelsPerUnit(image);
  const transform = new PlaneTransform(width, height);
  const out = new Float64Array(data.length);
  const eigenvalues = (n: number): Float64Array =>
    waveFactors(n, (k) => -((perUnit * waveNumber(k, n)) ** 2));
  for (let c = 0; c < channels; c++) {
    const plane = scaled(coefficientsOf(image, c, transform), eigenvalues(width), eigenvalues(height));
    transform.synthesise(plane, 'cosine', 'cosine');
    out.set(plane, c * width * height);
  }
  return out;
}

function noGradient({ width, height }: Size, channels: number): BorderGradient {
  return {
    inset: -0.5,
    left: new Float64Array(channels * height),
    right: new Float64Array(channels * height),
    top: new Float64Array(channels * width),
    bottom: new Float64Array(channels * width),
  };
}
