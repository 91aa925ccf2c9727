import { toMatrix } from '../../src-shared/model/composition.ts';
import { levelFor } from '../canvas/mask-window.ts';
import type { Composition } from '../stores/composition.svelte.ts';

const side = 320;

/** A small PNG of the composition, its sources laid on its target; null where it has no target. */
export async function thumbnailOf({ target, blended }: Composition): Promise<Blob | null> {
  if (target === null) return null;
  const { picture } = target;
  const scale = Math.min(side / Math.max(picture.width, picture.height), 1);
  const width = Math.max(Math.round(picture.width * scale), 1);
  const height = Math.max(Math.round(picture.height * scale), 1);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  for (const { art } of blended) {
    const level = levelFor(scale * art.editor.transform.scale);
    const seen = art.cutOut({ level, part: art.editor.mask.frame });
    if (seen === null) continue;
    const { a, b, c, d, e, f } = toMatrix(art.editor.transform, art.editor.mask);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.transform(a, b, c, d, e, f);
    context.drawImage(seen.picture, seen.box.x, seen.box.y, seen.box.width, seen.box.height);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
