import sharp from 'sharp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearToSrgb, srgbToLinear } from '../../src-shared/model/transfer.ts';
import { noise16, noise8 } from '../../tests/fixtures/make-images.ts';
import { conversionToSrgb } from './colour-conversion.ts';
import { imageFromSamples } from './decode.ts';
import { decodeSamples } from './decode-samples.ts';
import { samplesFromImage } from './encode.ts';
import { encodeSamples } from './encode-samples.ts';
import { formatOf } from './format.ts';
import { srgbProfile } from './srgb-profile.ts';
import { insertChunks, readChunks, readText, textChunk } from './png-chunks.ts';
import type { Samples } from './samples.ts';

const never = new AbortController().signal;

function noise(bitDepth: 8 | 16, channels: Samples['channels'], seed = 3): Samples {
  const count = 41 * 23 * channels;
  const data = bitDepth === 8 ? noise8(count, seed) : noise16(count, seed);
  return { width: 41, height: 23, channels, data };
}

const reread = (bytes: Uint8Array) => decodeSamples(never, { bytes, name: 'written' });

describe('samples written and read again', () => {
  const cases = ([8, 16] as const).flatMap((bitDepth) =>
    ([1, 2, 3, 4] as const).flatMap((channels) =>
      (['png', 'tiff', 'webp'] as const)
        .filter((format) => bitDepth === 8 || format !== 'webp')
        .map((format) => ({ bitDepth, channels, format })),
    ),
  );

  it.each(cases)('are the same to the bit: $format, $bitDepth bits, $channels channels', async (given) => {
    const samples = noise(given.bitDepth, given.channels);
    const back = await reread(await encodeSamples(samples, { format: given.format }));
    if (given.format === 'webp' && given.channels < 3) {
      // WebP knows no grey: the value stands in all three colours.
      const bands = given.channels + 2;
      const grey = (k: number) => samples.data[Math.floor(k / bands) * given.channels];
      expect(back.data.every((value, k) => k % bands > 2 || value === grey(k))).toBe(true);
      return;
    }
    expect(back).toEqual(samples);
  });

  it('stay close in JPEG and AVIF, grey as grey in JPEG', async () => {
    const ramp = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64) * 4);
    const samples: Samples = { width: 64, height: 64, channels: 1, data: ramp };
    const jpeg = await reread(await encodeSamples(samples, { format: 'jpeg' }));
    expect(jpeg.channels).toBe(1);
    expect(Math.max(...jpeg.data.map((value, i) => Math.abs(value - ramp[i]!)))).toBeLessThanOrEqual(4);
    const avif = await reread(await encodeSamples(samples, { format: 'avif' }));
    expect(avif).toMatchObject({ width: 64, height: 64 });
  });

  it.each([10, 12] as const)('of %i bits in AVIF take the nearest step of full scale', async (bitDepth) => {
    const max = 2 ** bitDepth - 1;
    // In flat blocks, which the format keeps to the step.
    const levels = [0, 1, 300, 511, max - 1, max];
    const data = Uint16Array.from(
      { length: 64 * levels.length * 64 },
      (_, i) => (levels[Math.floor((i % (64 * levels.length)) / 64)]! * 65535) / max,
    );
    const samples: Samples = { width: 64 * levels.length, height: 64, channels: 1, data };
    const back = await reread(await encodeSamples(samples, { format: 'avif', bitDepth, quality: 100 }));
    const step = 65535 / max;
    levels.forEach((level, i) => {
      const middle = back.data[back.channels * (32 * samples.width + 64 * i + 32)]!;
      expect(Math.abs(middle - level * step)).toBeLessThan(1.01 * step);
    });
    expect(back.data).toBeInstanceOf(Uint16Array);
  });

  it('lose their alpha in JPEG, where the colours under it stay', async () => {
    const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => [200, 100, 50, 0][i % 4]!);
    const back = await reread(
      await encodeSamples({ width: 16, height: 16, channels: 4, data }, { format: 'jpeg' }),
    );
    expect(back.channels).toBe(3);
    expect(Math.abs(back.data[0]! - 200)).toBeLessThanOrEqual(2);
  });
});

describe('the sRGB tag', () => {
  it('is an sRGB chunk in PNG, before the pixels', async () => {
    const types = readChunks(await encodeSamples(noise(8, 3), { format: 'png' })).map(({ type }) => type);
    expect(types.slice(0, 4)).toEqual(['IHDR', 'sRGB', 'gAMA', 'cHRM']);
    expect(types.at(-1)).toBe('IEND');
  });

  it.each([
    ['tiff', 8],
    ['tiff', 16],
    ['jpeg', 8],
    ['webp', 8],
    ['avif', 8],
  ] as const)('is a profile in %s of %i bits, known again as sRGB', async (format, bitDepth) => {
    const samples = noise(bitDepth, 3);
    const bytes = await encodeSamples(samples, { format });
    const { icc } = await sharp(bytes).metadata();
    expect(Buffer.from(srgbProfile('rgb')).equals(icc ?? Buffer.alloc(0))).toBe(true);
    expect(conversionToSrgb(icc, 3)).toEqual({ kind: 'none' });
  });

  it('means sRGB to another colour engine, which leaves the pixels where they were', async () => {
    const bytes = await encodeSamples(noise(8, 3), { format: 'tiff' });
    const through = await sharp(bytes).toColourspace('srgb').raw().toBuffer();
    const differences = through.map((value, i) => Math.abs(value - noise(8, 3).data[i]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  it('of a grey TIFF or JPEG is a grey profile', async () => {
    for (const format of ['tiff', 'jpeg'] as const) {
      const { icc, channels } = await sharp(await encodeSamples(noise(8, 1), { format })).metadata();
      expect(channels).toBe(1);
      expect(icc?.toString('latin1', 16, 20)).toBe('GRAY');
    }
  });
});

describe('an image of real numbers', () => {
  const image = (values: number[], encoding: 'srgb' | 'linear' = 'srgb') =>
    ({ width: values.length, height: 1, channels: 1, encoding, data: Float64Array.from(values) }) as const;

  it('is cut to 0…1 and rounded to the nearest sample', () => {
    const values = [-1, NaN, 0, 0.49 / 255, 0.51 / 255, 0.5, 254.4 / 255, 1, 7, Infinity];
    expect([...samplesFromImage(image(values), 8).data]).toEqual([0, 0, 0, 0, 1, 128, 254, 255, 255, 255]);
    expect([...samplesFromImage(image([0.51 / 65535, 2]), 16).data]).toEqual([1, 65535]);
  });

  it.each([8, 16] as const)('of %i bits has the samples it was read from, sRGB or linear', (bitDepth) => {
    const max = bitDepth === 8 ? 255 : 65535;
    const all = bitDepth === 8 ? new Uint8Array(256) : new Uint16Array(65536);
    const data = all.map((_, i) => i);
    const samples: Samples = { width: max + 1, height: 1, channels: 1, data };
    for (const encoding of ['srgb', 'linear'] as const) {
      expect(samplesFromImage(imageFromSamples(samples, encoding), bitDepth).data).toEqual(data);
    }
  });

  it('keeps its alpha through a file', async () => {
    const samples = noise(16, 4);
    const bytes = await encodeSamples(samplesFromImage(imageFromSamples(samples), 16), { format: 'png' });
    expect(await reread(bytes)).toEqual(samples);
  });

  it('of another length than its size says is refused', () => {
    const wrong = { ...image([0, 1]), height: 2 };
    expect(() => samplesFromImage(wrong, 8)).toThrow(
      expect.objectContaining({ code: 'size-mismatch' }) as Error,
    );
  });
});

describe('the transfer curve', () => {
  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (v) => {
        expect(linearToSrgb(srgbToLinear(v))).toBeCloseTo(v, 7);
      }),
    );
    expect(srgbToLinear(0.5)).toBeCloseTo(0.21404114, 8);
    expect([srgbToLinear(0), srgbToLinear(1)]).toEqual([0, 1]);
  });
});

describe('text', () => {
  const text = { Title: 'Crème', 'Seamfield range': '-1.5 1.5', Comment: 'gradient ∇Φ, 日本\nsecond line' };

  it('of a PNG is read back by its keywords, in and beyond Latin-1', async () => {
    const bytes = await encodeSamples(noise(8, 3), { format: 'png', text });
    expect(readText(bytes)).toEqual(text);
    const types = readChunks(bytes).map(({ type }) => type);
    expect(types.filter((type) => type.endsWith('EXt') || type === 'iTXt')).toEqual(['tEXt', 'tEXt', 'iTXt']);
    expect(await reread(bytes)).toEqual(noise(8, 3));
  });

  it.each(['tiff', 'jpeg', 'webp', 'avif'] as const)('of a %s is its XMP description', async (format) => {
    const bytes = await encodeSamples(noise(8, 3), { format, text: { range: '<-1 & 1> ∇' } });
    const { xmpAsString } = await sharp(bytes).metadata();
    expect(xmpAsString).toContain('range: &lt;-1 &amp; 1&gt; ∇</rdf:li>');
  });

  it('of any kind survives being written', () => {
    const empty = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
    const shell = insertChunks(empty, [{ type: 'IHDR', data: new Uint8Array(13) }]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const wanted = value.replaceAll('\0', '');
        expect(readText(insertChunks(shell, [textChunk('Note', value)]))).toEqual({ Note: wanted });
      }),
    );
  });

  it.each(['', ' outer', 'two  spaces', 'x'.repeat(80), '日本'])(
    'under the keyword “%s” is refused',
    (keyword) => {
      expect(() => textChunk(keyword, 'x')).toThrow(expect.objectContaining({ code: 'bad-option' }) as Error);
    },
  );

  it('of a PNG cut short is refused', async () => {
    const bytes = await encodeSamples(noise(8, 3), { format: 'png' });
    expect(() => readChunks(bytes.subarray(0, bytes.length - 5))).toThrow('damaged');
  });
});

describe('a refusal', () => {
  it.each(['jpeg', 'webp', 'avif'] as const)(
    'of 16 bits in %s names those that have them',
    async (format) => {
      await expect(encodeSamples(noise(16, 3), { format })).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringContaining('PNG or TIFF') as string,
      });
    },
  );

  it('of a quality says what is allowed', async () => {
    for (const quality of [0, 101, 50.5, NaN]) {
      await expect(encodeSamples(noise(8, 3), { format: 'jpeg', quality })).rejects.toMatchObject({
        code: 'bad-option',
      });
    }
    await expect(encodeSamples(noise(8, 3), { format: 'png', quality: 90 })).rejects.toMatchObject({
      code: 'bad-option',
    });
  });

  it('of a size the format can not hold names the size and the format', async () => {
    const long: Samples = { width: 17_000, height: 1, channels: 1, data: new Uint8Array(17_000) };
    await expect(encodeSamples(long, { format: 'webp' })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/17000×1 .*WebP/) as string,
    });
  });
});

describe('the format of an output', () => {
  it.each([
    ['a.png', 'png'],
    ['A.B.TIF', 'tiff'],
    ['/x.y/a.tiff', 'tiff'],
    ['a.jpg', 'jpeg'],
    ['a.JPEG', 'jpeg'],
    ['a.webp', 'webp'],
    ['a.avif', 'avif'],
  ])('%s is told by its ending', (path, format) => {
    expect(formatOf(path)).toBe(format);
  });

  it.each(['a.bmp', 'a', 'png', '.png', 'a.png.txt'])(
    '%s has none, and the message names those there are',
    (path) => {
      expect(() => formatOf(path)).toThrow(/\.png, \.tif, \.tiff, \.jpg, \.jpeg, \.webp, \.avif\.$/);
    },
  );
});
