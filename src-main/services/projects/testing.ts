/** For tests: a photograph and documents of it. */
import type { KeptDocument } from '../../../src-shared/contract/project-schemas.ts';
import type { KeptPicture } from './manifest.ts';
import { hashOf } from './objects.ts';

export const photograph = Buffer.from('the bytes of a photograph');

export const keptPhotograph: KeptPicture = {
  hash: hashOf(photograph),
  name: 'photograph.png',
  width: 6,
  height: 4,
  bytes: photograph.length,
  origin: null,
};

/** A composition of that photograph on itself. */
export function documentWith(layers: readonly string[], x = 0): KeptDocument {
  const transform = { x, y: 0, scale: 1, rotation: 0, flipX: false, flipY: false };
  const { hash } = keptPhotograph;
  return {
    workspace: 'clone',
    pictures: 'embedded',
    reconstruction: null,
    composition: {
      target: hash,
      layers: layers.map((id) => {
        return { id, name: id, source: hash, transform, mode: 'import', alpha: 0.5, visible: true };
      }),
      selectedId: layers.at(-1) ?? null,
      settings: JSON.stringify({ budget: 'draft', seconds: 20 }),
      result: null,
      isResultCurrent: false,
    },
  };
}
