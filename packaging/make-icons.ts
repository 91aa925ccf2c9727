/**
 * `npm run icons`: assets/icons/icon.svg in every size and file that a system wants. Run it when the drawing changes;
 * the files are kept, so that packaging needs no renderer.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { icns, ico } from './icon-files.ts';

const folder = join(import.meta.dirname, '../assets/icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

async function draw(svg: Buffer, size: number): Promise<Buffer> {
  // Drawn at its own density: a small icon scaled down from a large one would be soft.
  return sharp(svg, { density: (72 * size) / 512 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

const svg = await readFile(join(folder, 'icon.svg'));
const drawn = new Map<number, Buffer>();
await mkdir(join(folder, 'png'), { recursive: true });
for (const size of sizes) {
  const png = await draw(svg, size);
  drawn.set(size, png);
  await writeFile(join(folder, 'png', `${size}x${size}.png`), png);
}
const pick = (...wanted: number[]) => new Map(wanted.map((size) => [size, drawn.get(size)!]));
await writeFile(join(folder, 'icon.png'), drawn.get(512)!);
await writeFile(join(folder, 'icon.ico'), ico(pick(16, 24, 32, 48, 64, 128, 256)));
await writeFile(join(folder, 'icon.icns'), icns(pick(16, 32, 64, 128, 256, 512, 1024)));
