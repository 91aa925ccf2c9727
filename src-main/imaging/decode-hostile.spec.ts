import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { makeImages, seeded, taggedPng } from '../../tests/fixtures/make-images.ts';
import { decodeSamples } from './decode-samples.ts';
import { imageInfo } from './inspect.ts';
import { srgbProfile } from './srgb-profile.ts';

const never = new AbortController().signal;
let folder: string;
let at: (name: string) => string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-hostile-'));
  at = await makeImages(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const refusals = ['unreadable-image', 'unsupported-format', 'image-too-large'];

/** Decodes to an image that fits its own description, or refuses in one of the ways that name the file. */
async function decodesOrRefuses(bytes: Uint8Array): Promise<void> {
  const source = { bytes, name: 'hostile.bin' };
  try {
    const { width, height, channels, data } = await decodeSamples(never, source, { maxPixels: 1_000_000 });
    expect(data).toHaveLength(width * height * channels);
    expect(await imageInfo(source)).toMatchObject({ width, height });
  } catch (error) {
    if (!(error instanceof SeamfieldError)) throw error;
    expect(refusals).toContain(error.code);
    expect(error.message).toMatch(/^hostile\.bin [^\n]*\.$/);
  }
}

function damage(bytes: Uint8Array, next: () => number): Uint8Array {
  const damaged = Uint8Array.from(bytes);
  const hits = 1 + Math.floor(next() * 8);
  for (let k = 0; k < hits; k++) damaged[Math.floor(next() * damaged.length)] = Math.floor(next() * 256);
  return next() < 0.3 ? damaged.subarray(0, Math.floor(next() * damaged.length)) : damaged;
}

it.each([
  'rgb8.png',
  'greya16.png',
  'palette-alpha.png',
  'rgb8.jpg',
  'orientation-6.jpg',
  'cmyk.jpg',
  'rgb8.webp',
  'rgb16.tiff',
  'rgb8.tiff',
  'rgb8.avif',
  'animated.gif',
])('%s with bytes changed or missing is read or refused, never anything else', async (name) => {
  const bytes = await readFile(at(name));
  const next = seeded(bytes.length);
  for (let run = 0; run < 60; run++) await decodesOrRefuses(damage(bytes, next));
});

it('noise behind every known beginning is refused', async () => {
  const next = seeded(77);
  for (const name of ['rgb8.png', 'rgb8.jpg', 'rgb8.webp', 'rgb8.tiff', 'rgb8.avif', 'rgb8.gif']) {
    const noise = Uint8Array.from({ length: 500 }, () => Math.floor(next() * 256));
    noise.set((await readFile(at(name))).subarray(0, 16));
    await expect(decodeSamples(never, { bytes: noise, name })).rejects.toBeInstanceOf(SeamfieldError);
  }
});

it('a damaged profile does not keep an image from being read or refused properly', async () => {
  const next = seeded(5);
  const image = {
    width: 2,
    height: 1,
    bitDepth: 8,
    colourType: 2,
    rows: Uint8Array.of(0, 1, 2, 3, 4, 5, 6),
  } as const;
  for (let run = 0; run < 200; run++)
    await decodesOrRefuses(taggedPng(damage(srgbProfile('rgb'), next), image));
});
