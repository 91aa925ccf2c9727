import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll } from 'vitest';
import { decodeSamples } from '../../src-main/imaging/decode-samples.ts';
import { noise16, noise8 } from '../fixtures/make-images.ts';

const never = new AbortController().signal;
let folder = '';

/** A path in the folder of this spec file. */
export const file = (name: string) => join(folder, name);
export const read = (name: string) => decodeSamples(never, { path: file(name) });

/** A smooth picture that a small network can learn something of. */
export function smooth(width: number, height: number, channels: 1 | 3, bits: 8 | 16 = 8) {
  const max = bits === 8 ? 255 : 65535;
  const at = (i: number) => {
    const [c, x, y] = [i % channels, Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    return Math.round(max * (0.5 + 0.3 * Math.sin(0.2 * x + c) * Math.cos(0.15 * y)));
  };
  const length = width * height * channels;
  const data =
    bits === 8 ? Uint8Array.from({ length }, (_, i) => at(i)) : Uint16Array.from({ length }, (_, i) => at(i));
  const space = bits === 8 ? (channels === 1 ? 'b-w' : 'srgb') : channels === 1 ? 'grey16' : 'rgb16';
  return sharp(data, { raw: { width, height, channels } }).toColourspace(space);
}

/** A picture of one channel, white where it is inside. */
export async function paintMask(
  name: string,
  width: number,
  height: number,
  isInside: (x: number, y: number) => boolean,
) {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    isInside(i % width, Math.floor(i / width)) ? 255 : 0,
  );
  await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(file(name));
}

/** For the spec file that calls it: a folder of small pictures, gone afterwards. */
export function withPictures(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seamfield-cli-'));
    await smooth(40, 32, 3).png().toFile(file('photo.png'));
    await smooth(48, 48, 3).png().toFile(file('square.png'));
    await smooth(40, 32, 1).png().toFile(file('grey.png'));
    await sharp(noise8(24 * 20 * 3, 5), { raw: { width: 24, height: 20, channels: 3 } })
      .png()
      .toFile(file('source.png'));
    await sharp(noise16(40 * 32 * 3, 6), { raw: { width: 40, height: 32, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toFile(file('deep.png'));
    await paintMask('mask.png', 24, 20, (x, y) => (x - 12) ** 2 + (y - 10) ** 2 < 49);
    await paintMask('black.png', 24, 20, () => false);
    await paintMask('white.png', 24, 20, () => true);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
}

/** Options for a network that trains in no time, the same each time. */
export const small = ['--hidden', '16', '--layers', '2', '--threads', '1', '--seed', '7', '--json'];
