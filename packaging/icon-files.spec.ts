import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { icns, ico } from './icon-files.ts';

const icons = join(import.meta.dirname, '../assets/icons');
const sizeOf = async (png: Uint8Array) => {
  const { width, height, format, hasAlpha } = await sharp(png).metadata();
  expect([height, format, hasAlpha]).toEqual([width, 'png', true]);
  return width;
};

describe('the icons', () => {
  it('are drawn in the size that each file says', async () => {
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024])
      expect(await sizeOf(await readFile(join(icons, `png/${size}x${size}.png`)))).toBe(size);
  });

  it('for Windows stand in a directory that leads to each', async () => {
    const file = await readFile(join(icons, 'icon.ico'));
    const sizes: number[] = [];
    for (let i = 0; i < file.readUInt16LE(4); i++) {
      const entry = file.subarray(6 + 16 * i);
      const at = entry.readUInt32LE(12);
      const size = await sizeOf(file.subarray(at, at + entry.readUInt32LE(8)));
      expect(entry.readUInt8(0)).toBe(size % 256);
      sizes.push(size);
    }
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('for macOS fill their file part by part', async () => {
    const file = await readFile(join(icons, 'icon.icns'));
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
    const types: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      types.push(file.toString('latin1', at, at + 4));
      await sizeOf(file.subarray(at + 8, at + file.readUInt32BE(at + 4)));
    }
    expect(types).toEqual(expect.arrayContaining(['icp4', 'ic07', 'ic08', 'ic09', 'ic10', 'ic14']));
  });

  it('have no place for sizes that their file cannot hold', () => {
    expect(() => ico(new Map([[512, new Uint8Array()]]))).toThrow('256');
    expect(() => icns(new Map([[48, new Uint8Array()]]))).toThrow('48');
  });
});
