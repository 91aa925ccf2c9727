import { zlibSync } from 'fflate';

import type { SeenMask } from '../../src-shared/contract/composition-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import type { CloneLayers } from '../canvas/clone-layers.ts';
import { levelFor } from '../canvas/mask-window.ts';

/** Bytes that are sent as they are, which costs less than making them short. */
const little = 2 ** 17;

/**
 * A mask as a preview needs it: what it selects, at the level that the preview's pixels can tell.
 *
 * @param scale the preview's pixels a pixel of the source
 * @param room characters that it may take; what needs more is sent coarser
 */
export function seenMask(
  art: Pick<CloneLayers, 'maskPart'>,
  scale: number,
  room: number = limits.seenMask.text,
): SeenMask {
  const { side } = limits.seenMask;
  for (let level = levelFor(scale); ; level++) {
    const { data, ...place } = art.maskPart(level);
    if (Math.max(place.width, place.height) > side) continue;
    // Base64 has four characters for three bytes; whatever stays of its room is more than the format's own bytes.
    const isLittle = data.length <= Math.min(little, room / 2);
    // At once: the platform's own compression takes a stream, and several turns.
    const bytes = base64(zlibSync(data, { level: isLittle ? 0 : 1 }));
    if (bytes.length <= room) return { ...place, bytes };
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // As many arguments as a call surely takes; spread out they would be iterated over one by one.
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192) as unknown as number[]);
  }
  return btoa(text);
}
