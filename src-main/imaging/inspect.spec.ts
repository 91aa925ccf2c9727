import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeImages } from '../../tests/fixtures/make-images.ts';
import { decodeImage } from './decode.ts';
import { imageInfo } from './inspect.ts';

const never = new AbortController().signal;
let folder: string;
let at: (name: string) => string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-inspect-'));
  at = await makeImages(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const imageOf = (name: string) => decodeImage(never, { path: at(name) });

describe('information', () => {
  it.each([
    ['rgb8.jpg', { format: 'jpeg', width: 48, height: 32, channels: 3, bitDepth: 8, hasAlpha: false }],
    ['grey8.jpg', { format: 'jpeg', channels: 1, bitDepth: 8, hasAlpha: false }],
    ['greya16.png', { format: 'png', channels: 1, bitDepth: 16, hasAlpha: true }],
    ['cmyk.jpg', { format: 'jpeg', channels: 3, bitDepth: 8, hasAlpha: false }],
    ['rgb8.webp', { format: 'webp', channels: 3, bitDepth: 8 }],
    ['avif10.avif', { format: 'avif', width: 2, height: 1, channels: 3, bitDepth: 16 }],
    ['animated.gif', { format: 'gif', width: 4, height: 3 }],
    ['huge.png', { width: 100_000, height: 100_000 }],
  ])('about %s comes from its header and agrees with what is decoded', async (name, expected) => {
    expect(await imageInfo({ path: at(name) })).toMatchObject(expected);
  });
});

describe('a refusal', () => {
  it.each([
    'truncated.jpg',
    'truncated-at-the-end.jpg',
    'corrupt.jpg',
    'truncated.png',
    'corrupt.png',
    'truncated.tiff',
    'truncated.webp',
    'truncated.avif',
    'truncated.gif',
    'header-only.png',
    'signature-only.png',
    'empty.png',
    'text.png',
  ])('of %s says unreadable-image and names the file in one sentence', async (name) => {
    await expect(imageOf(name)).rejects.toMatchObject({
      name: 'SeamfieldError',
      code: 'unreadable-image',
      message: expect.stringMatching(new RegExp(`^${name} [^\n]*\\.$`)) as string,
    });
  });

  it.each([
    ['drawing.svg', 'an SVG'],
    ['drawing-renamed.png', 'an SVG'],
    ['paper.pdf', 'a PDF'],
  ])('of %s says unsupported-format and what it is', async (name, kind) => {
    await expect(imageOf(name)).rejects.toMatchObject({
      code: 'unsupported-format',
      message: expect.stringContaining(`${name} is ${kind} file`) as string,
    });
  });

  it('of too many pixels comes before decoding and says both sizes', async () => {
    await expect(imageOf('huge.png')).rejects.toMatchObject({
      code: 'image-too-large',
      message: expect.stringMatching(
        /^huge\.png is 100000×100000 .*10000 megapixels.* 100 megapixels/,
      ) as string,
    });
    const small = decodeImage(never, { path: at('rgb8.png') }, { maxPixels: 48 * 32 - 1 });
    await expect(small).rejects.toMatchObject({ code: 'image-too-large' });
    expect(await decodeImage(never, { path: at('rgb8.png') }, { maxPixels: 48 * 32 })).toBeDefined();
  });

  it('of a folder or a missing path says not-a-file', async () => {
    await expect(decodeImage(never, { path: folder })).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(decodeImage(never, { path: join(folder, 'none.png') })).rejects.toMatchObject({
      code: 'not-a-file',
      message: "none.png can't be opened: there is no such file.",
    });
  });

  it('uses the name it is given', async () => {
    const bytes = new Uint8Array(0);
    const refused = decodeImage(never, { bytes, name: 'a.png' }, { name: 'the mask a.png' });
    await expect(refused).rejects.toThrow('the mask a.png is empty');
  });

  it('of a cancelled reading says cancelled', async () => {
    await expect(decodeImage(AbortSignal.abort(), { path: at('rgb8.png') })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
