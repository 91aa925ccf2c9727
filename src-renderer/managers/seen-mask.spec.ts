import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { seenMask } from './seen-mask.ts';

/** A mask whose part at level 0 has `side`² pixels, and at each level half as many along a side. */
function art(side: number, valueAt: (i: number) => number) {
  return {
    maskPart: (level: number) => {
      const length = side >> level;
      const data = Uint8Array.from({ length: length * length }, (_, i) => valueAt(i));
      return { x: 3, y: 5, width: length, height: length, step: 2 ** level, data };
    },
  };
}
const disc = (side: number) =>
  art(side, (i) => (Math.hypot((i % side) - side / 2, i / side - side / 2) < side / 3 ? 255 : 0));
const mixed = (x: number) => Math.imul(x ^ (x >>> 16), 0x45d9f3b);
/** Nothing of it repeats. */
const noise = (side: number) => art(side, (i) => (mixed(mixed(i + 1)) >>> 16) & 255);
const unpacked = (bytes: string) => Uint8Array.from(inflateSync(Buffer.from(bytes, 'base64')));

describe('a mask as a preview needs it', () => {
  it.each([64, 600])('comes with every byte of its part, %i pixels along a side', (side) => {
    const { bytes, ...place } = seenMask(disc(side), 1);
    const { data, ...part } = disc(side).maskPart(0);
    expect(place).toEqual(part);
    expect(unpacked(bytes)).toEqual(data);
  });

  it('goes as it is where it is little, and is made short where its room would not do', () => {
    expect(seenMask(disc(256), 1).bytes.length).toBeGreaterThan(256 ** 2);
    const crowded = seenMask(disc(256), 1, 40_000);
    expect(crowded.step).toBe(1);
    expect(crowded.bytes.length).toBeLessThanOrEqual(40_000);
  });

  it('goes coarser only where no packing makes it fit', () => {
    const found = seenMask(noise(256), 1, 40_000);
    expect(found.step).toBe(2);
    expect(unpacked(found.bytes)).toEqual(noise(256).maskPart(1).data);
  });
});
