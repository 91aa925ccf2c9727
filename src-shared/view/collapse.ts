import type { ChannelCount } from '../model/image.ts';

/** Planar numbers, [channels, height, width]. */
export type Planes = Float32Array | Float64Array;

/** The mean over the channels of each pixel. */
export function channelMean(planes: Planes, channels: ChannelCount): Float64Array {
  const count = planes.length / channels;
  const mean = new Float64Array(count);
  for (let from = 0; from < planes.length; from += count) {
    for (let i = 0; i < count; i++) mean[i] = mean[i]! + planes[from + i]! / channels;
  }
  return mean;
}

/** The Frobenius norm of each pixel's gradient over all channels: √Σ(dx² + dy²). */
export function gradientMagnitude(dx: Planes, dy: Planes, channels: ChannelCount): Float64Array {
  const count = dx.length / channels;
  const magnitude = new Float64Array(count);
  for (let from = 0; from < dx.length; from += count) {
    for (let i = 0; i < count; i++) {
      const x = dx[from + i]!;
      const y = dy[from + i]!;
      magnitude[i] = magnitude[i]! + x * x + y * y;
    }
  }
  for (let i = 0; i < count; i++) magnitude[i] = Math.sqrt(magnitude[i]!);
  return magnitude;
}

/**
 * The direction in which an image grows, as a share 0…1 of the full turn: 0 to the right, ¼ downwards.
 *
 * Over channels it is the principal axis of their structure tensor (S. Di Zenzo, "A note on the gradient of a
 * multi-image", 1986), pointed the way their sum grows; for one channel that is the gradient's own angle.
 */
export function gradientDirection(dx: Planes, dy: Planes, channels: ChannelCount): Float64Array {
  const count = dx.length / channels;
  const direction = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let xx = 0;
    let xy = 0;
    let yy = 0;
    let sumX = 0;
    let sumY = 0;
    for (let k = i; k < dx.length; k += count) {
      const x = dx[k]!;
      const y = dy[k]!;
      xx += x * x;
      xy += x * y;
      yy += y * y;
      sumX += x;
      sumY += y;
    }
    const axis = Math.atan2(2 * xy, xx - yy) / 2;
    const angle = Math.cos(axis) * sumX + Math.sin(axis) * sumY < 0 ? axis + Math.PI : axis;
    const turns = angle / (2 * Math.PI);
    direction[i] = turns - Math.floor(turns);
  }
  return direction;
}
