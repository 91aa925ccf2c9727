import type { ChannelCount } from '../../src-shared/model/image.ts';

/** Rec. 709's weights of red, green and blue, on the encoded values. */
const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;

/** The luminance of three planes one after another; a single plane is its own. */
export function luminanceOf(planar: Float64Array, channels: ChannelCount): Float64Array {
  if (channels === 1) return planar;
  const size = planar.length / 3;
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    out[i] =
      LUMINANCE[0] * planar[i]! + LUMINANCE[1] * planar[size + i]! + LUMINANCE[2] * planar[2 * size + i]!;
  }
  return out;
}

/** Planar values with another number of channels: grey repeated in each, or colours reduced to their luminance. */
export function withChannels(planar: Float64Array, from: ChannelCount, to: ChannelCount): Float64Array {
  if (from === to) return planar;
  if (to === 1) return luminanceOf(planar, from);
  const out = new Float64Array(3 * planar.length);
  for (let c = 0; c < 3; c++) out.set(planar, c * planar.length);
  return out;
}
