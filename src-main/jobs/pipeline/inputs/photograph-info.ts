import { checkPixels, defaultMaxPixels, imageInfo } from '../../../imaging/inspect.ts';
import type { PhotographInfo } from '../../answers.ts';
import type { ImageInfoQuestion } from '../../questions.ts';

/** What a file's header tells of its photograph. Throws what is wrong with it, as far as the header tells. */
export async function photographInfo({ image }: ImageInfoQuestion): Promise<PhotographInfo> {
  const { width, height, channels, bitDepth, hasAlpha } = await imageInfo({ ...image });
  checkPixels({ width, height }, image.name, defaultMaxPixels);
  return { width, height, channels, bitDepth, hasAlpha };
}
