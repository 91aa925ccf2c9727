import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { greyPng } from './grey-png.ts';

describe('a mask as PNG', () => {
  it('is read back byte for byte as 8-bit grey', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        async (width, height, salt) => {
          const mask = Uint8Array.from({ length: width * height }, (_, i) => (i * 31 + salt) % 256);
          const file = await (await greyPng(mask, { width, height })).arrayBuffer();
          const { data, info } = await sharp(Buffer.from(file))
            .toColourspace('b-w')
            .raw()
            .toBuffer({ resolveWithObject: true });
          expect([info.width, info.height, info.channels]).toEqual([width, height, 1]);
          expect([...data]).toEqual([...mask]);
        },
      ),
      { seed: 7, numRuns: 20 },
    );
  });
});
