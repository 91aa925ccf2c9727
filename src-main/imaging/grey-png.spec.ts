import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeGreyPng, encodeGreyPng } from './grey-png.ts';

const raster = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
    }),
  );

describe('a mask as PNG', () => {
  it('is what libvips reads, and is read back to the byte', () =>
    fc.assert(
      fc.asyncProperty(raster, async ({ width, height, data }) => {
        const png = await encodeGreyPng({ width, height, data });
        const { data: seen, info } = await sharp(png)
          .extractChannel(0)
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect([info.width, info.height, ...seen]).toEqual([width, height, ...data]);
        const read = await decodeGreyPng(png, 'mask', 1000);
        expect([read.width, read.height, ...read.data]).toEqual([width, height, ...data]);
      }),
      { seed: 3, numRuns: 30 },
    ));

  it('is read whatever filters another encoder chose', () =>
    fc.assert(
      fc.asyncProperty(raster, async ({ width, height, data }) => {
        const raw = { raw: { width, height, channels: 1 as const } };
        const png = await sharp(data, raw).toColourspace('b-w').png({ adaptiveFiltering: true }).toBuffer();
        expect([...(await decodeGreyPng(png, 'mask', 1000)).data]).toEqual([...data]);
      }),
      { seed: 4, numRuns: 30 },
    ));

  it('is refused, and never another one, wherever it is cut or a bit of it flipped', async () => {
    const data = Uint8Array.from({ length: 63 }, (_, i) => (i * 37) % 256);
    const png = await encodeGreyPng({ width: 9, height: 7, data });
    for (let at = 0; at < png.length; at++) {
      const hurt = Uint8Array.from(png);
      hurt[at]! ^= 1 << (at % 8);
      for (const wrong of [hurt, png.subarray(0, at)]) {
        await expect(decodeGreyPng(wrong, 'mask', 1000)).rejects.toMatchObject({ code: 'unreadable-image' });
      }
    }
  });

  it('of too many pixels is refused, and one that would unpack to more than its size', async () => {
    const png = await encodeGreyPng({ width: 50, height: 50, data: new Uint8Array(2500) });
    await expect(decodeGreyPng(png, 'mask', 2499)).rejects.toThrow('50×50 pixels are too many');
    const bomb = await encodeGreyPng({ width: 4, height: 4, data: new Uint8Array(16) });
    const packed = deflateSync(Buffer.alloc(2 ** 24));
    expect(packed.length).toBeLessThan(2 ** 15);
    const at = Buffer.from(bomb).indexOf('IDAT') - 4;
    const idat = Buffer.alloc(packed.length + 12);
    idat.writeUInt32BE(packed.length, 0);
    idat.write('IDAT', 4);
    packed.copy(idat, 8);
    const { crc32 } = await import('node:zlib');
    idat.writeUInt32BE(crc32(idat.subarray(4, -4)), idat.length - 4);
    const file = Buffer.concat([bomb.subarray(0, at), idat, bomb.subarray(-12)]);
    await expect(decodeGreyPng(file, 'mask', 1000)).rejects.toThrow('its pixels are damaged');
  });
});
