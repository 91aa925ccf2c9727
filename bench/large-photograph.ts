import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

/** Writes a JPEG of so many pixels that is the same each time: coarse coloured shapes with fine ones in them. */
export async function largePhotograph(path: string, width: number, height: number): Promise<void> {
  const coarse = { width: 60, height: 40, channels: 3 } as const;
  let seed = 1;
  const data = Uint8Array.from({ length: coarse.width * coarse.height * 3 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return 40 + ((seed >>> 24) * 176) / 255;
  });
  const picture = sharp(data, { raw: coarse }).resize(width, height, { fit: 'fill', kernel: 'cubic' });
  await writeFile(path, await picture.jpeg({ quality: 90 }).toBuffer());
}
