import type { ColorEncoding, LinearImage } from '../../../../src-shared/model/image.ts';
import { decodeImage } from '../../../imaging/decode.ts';
import { resizeImage } from '../../../imaging/resample.ts';
import type { FileSource } from '../../tasks.ts';

/** The longer side of what the network sees where the user does not say. */
export const defaultSize = 256;

/** A photograph as a job sees it: upright, sRGB or linear, its longer side at most `size`, which may be Infinity. */
export async function loadPhotograph(
  signal: AbortSignal,
  { path, name }: FileSource,
  size: number,
  encoding: ColorEncoding = 'srgb',
): Promise<LinearImage> {
  const image = await decodeImage(signal, { path }, { name, encoding });
  return size === Infinity ? image : resizeImage(signal, image, size);
}
