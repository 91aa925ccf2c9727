import sharp from 'sharp';
import type { Size } from '../../src-shared/model/image.ts';
import type { Samples } from './samples.ts';

/**
 * Samples at another size, at their own depth; as they are where there is nothing to do. Alpha weighs its colours.
 *
 * @param isSmooth reduced by Lanczos with three lobes, enlarged by cubics; else every pixel is repeated, or left out,
 *   for colours that stand for numbers and have none between them
 */
export async function resizeSamples(
  samples: Samples,
  { width, height }: Size,
  isSmooth: boolean,
): Promise<Samples> {
  const { channels, data } = samples;
  if (width === samples.width && height === samples.height) return samples;
  const isDeep = data instanceof Uint16Array;
  const raw = { width: samples.width, height: samples.height, channels };
  const input = sharp(data, { raw, limitInputPixels: false });
  // 'b-w' would lose an alpha; grey that has one comes as RGB, in which it is exact.
  const space = isDeep ? (channels < 3 ? 'grey16' : 'rgb16') : channels === 1 ? 'b-w' : 'srgb';
  const { data: out, info } = await input
    .toColourspace(space)
    .resize(width, height, { fit: 'fill', kernel: isSmooth ? 'lanczos3' : 'nearest' })
    .raw({ depth: isDeep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const resized = isDeep
    ? new Uint16Array(out.buffer, out.byteOffset, out.length / 2)
    : new Uint8Array(out.buffer, out.byteOffset, out.length);
  return { width, height, channels, data: greyAgain(resized, info.channels, channels) };
}

/** Grey and alpha of what came with its grey repeated. */
function greyAgain(data: Samples['data'], bands: number, channels: Samples['channels']): Samples['data'] {
  if (bands === channels) return data;
  const kept = channels === 2 ? [0, bands - 1] : [0];
  return data.filter((_, i) => kept.includes(i % bands));
}
