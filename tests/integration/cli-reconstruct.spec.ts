import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { importModel } from '../../src-main/onnx/import-model.ts';
import { file, read, small, withPictures } from './pictures.ts';
import { seamfield } from './seamfield.ts';

withPictures();

describe('reconstruct', () => {
  it.each(['gradient', 'laplacian'])(
    'writes a picture and a network that stand alone, from the %s',
    async (from) => {
      const [out, onnx] = [file(`${from}.png`), file(`${from}.onnx`)];
      const run = await seamfield(
        'reconstruct',
        file('photo.png'),
        '--from',
        from,
        '--size',
        '32',
        '--steps',
        '150',
        '--out',
        out,
        '--onnx',
        onnx,
        ...small,
      );
      expect(run).toMatchObject({ status: 0, stderr: '' });
      expect(Object.keys(run.json).sort()).toEqual(
        [
          'psnr',
          'exactPsnr',
          'gradientPsnr',
          'laplacianPsnr',
          'residual',
          'seconds',
          'steps',
          'stepsPerSecond',
          'gflops',
          'products',
          'loss',
          'lossCurve',
          'width',
          'height',
          'parameters',
          'engine',
          'provider',
          'machine',
          'seed',
          'outputs',
        ].sort(),
      );
      expect(run.json).toMatchObject({
        steps: 150,
        width: 32,
        height: 26,
        seed: 7,
        engine: 'ort',
        provider: 'cpu',
        // Too narrow for products of 8 bits.
        products: 'float32',
        outputs: [out, onnx],
      });
      expect(run.json.parameters).toBe(2 * 16 + 16 + 16 * 16 + 16 + 16 * 3 + 3);
      expect(run.json.psnr).toBeGreaterThan(15);
      expect(await read(`${from}.png`)).toMatchObject({ width: 32, height: 26, channels: 3 });
      expect(importModel(await readFile(onnx))).toMatchObject({
        size: { width: 32, height: 26 },
        supervision: from,
      });
    },
  );

  it('gives the same network, to the bit, from the same seed', async () => {
    const train = async (name: string, seed: string) => {
      const options = ['--size', '32', '--steps', '20', '--hidden', '16', '--threads', '1', '--seed', seed];
      expect(
        await seamfield('reconstruct', file('photo.png'), ...options, '--onnx', file(name)),
      ).toMatchObject({ status: 0 });
      return readFile(file(name));
    };
    const first = await train('seed-a.onnx', '1');
    expect((await train('seed-b.onnx', '1')).equals(first)).toBe(true);
    expect((await train('seed-c.onnx', '2')).equals(first)).toBe(false);
  });

  it('gives the exact solution in a network’s place, and then says nothing of any network', async () => {
    const run = await seamfield(
      'reconstruct',
      file('grey.png'),
      '--solver',
      'exact',
      '--size',
      '4096',
      '--out',
      file('exact.png'),
      '--json',
    );
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(Object.keys(run.json).sort()).toEqual(['height', 'outputs', 'psnr', 'seconds', 'width']);
    expect((await read('exact.png')).data).toEqual((await read('grey.png')).data);
  });

  it.each([
    [1, 1],
    [1, 20],
    [2, 2],
  ])('trains on a picture of %i×%i pixels all the same', async (width, height) => {
    await sharp({ create: { width, height, channels: 3, background: '#369' } })
      .png()
      .toFile(file('tiny.png'));
    for (const from of ['gradient', 'laplacian']) {
      const options = ['--from', from, '--steps', '3', '--out', file('tiny-out.png')];
      const run = await seamfield('reconstruct', file('tiny.png'), ...options, '--json');
      expect(run).toMatchObject({ status: 0, stderr: '', json: { width, height } });
    }
  });

  it('returns a photograph’s alpha with the result', async () => {
    await sharp(file('photo.png')).ensureAlpha(0.25).png().toFile(file('alpha.png'));
    const run = await seamfield(
      'reconstruct',
      file('alpha.png'),
      '--steps',
      '3',
      '--out',
      file('alpha-out.png'),
    );
    expect(run.status).toBe(0);
    const alphaOf = async (name: string) => (await read(name)).data.filter((_, i) => i % 4 === 3);
    expect(await alphaOf('alpha-out.png')).toEqual(await alphaOf('alpha.png'));
    expect((await read('alpha-out.png')).channels).toBe(4);
  });

  it('keeps the depth of a 16-bit photograph in a PNG', async () => {
    const run = await seamfield(
      'reconstruct',
      file('deep.png'),
      '--solver',
      'exact',
      '--out',
      file('exact16.png'),
    );
    expect(run.status).toBe(0);
    expect((await read('exact16.png')).data).toEqual((await read('deep.png')).data);
  });

  it('says in a line what came of it where no JSON is asked for', async () => {
    const run = await seamfield('reconstruct', file('grey.png'), '--solver', 'exact');
    expect(run.stdout).toMatch(/^psnr \d+\.\d\d dB, [\d.]+ s\n$/);
  });
});
