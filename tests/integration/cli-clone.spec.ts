import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise8 } from '../fixtures/make-images.ts';
import { file, read, small, withPictures } from './pictures.ts';
import { seamfield } from './seamfield.ts';

withPictures();

describe('clone', () => {
  const clone = (...args: string[]) =>
    seamfield('clone', '--source', file('source.png'), '--mask', file('mask.png'), '--at', '5,-2', ...args);

  it.each(['import', 'mixed', 'average', 'monochrome'])(
    'by %s changes nothing outside the mask',
    async (mode) => {
      const out = `clone-${mode}.png`;
      const run = await clone(
        '--target',
        file('photo.png'),
        '--mode',
        mode,
        '--steps',
        '10',
        '--out',
        file(out),
        ...small,
      );
      expect(run).toMatchObject({ status: 0, stderr: '' });
      expect(run.json).toMatchObject({ maxOutsideDifference: 0, width: 40, height: 32 });
      expect(run.json).not.toHaveProperty('psnr');
      const [target, result] = await Promise.all(['photo.png', out].map(read));
      const differing = result!.data.filter((value, i) => value !== target!.data[i]).length / 3;
      expect(differing).toBeGreaterThan(0);
      expect(differing).toBeLessThanOrEqual(149);
    },
  );

  it('keeps 16 bits outside the mask to the bit', async () => {
    const run = await clone(
      '--target',
      file('deep.png'),
      '--solver',
      'exact',
      '--out',
      file('clone16.png'),
      '--json',
    );
    expect(run.json).toMatchObject({ maxOutsideDifference: 0 });
    const [target, result] = await Promise.all(['deep.png', 'clone16.png'].map(read));
    const isInside = (i: number) => {
      const [x, y] = [(Math.floor(i / 3) % 40) - 5, Math.floor(i / 3 / 40) + 2];
      return (x - 12) ** 2 + (y - 10) ** 2 < 49;
    };
    expect(result!.data.every((value, i) => isInside(i) || value === target!.data[i])).toBe(true);
  });

  it('trains a large region at the size asked for, and writes it with all its detail', async () => {
    const clone16 = (...args: string[]) =>
      clone('--target', file('deep.png'), '--mode', 'import', '--out', ...args, '--json');
    const run = await clone16(
      file('carried.png'),
      '--onnx',
      file('carried.onnx'),
      '--size',
      '12',
      '--steps',
      '10',
    );
    expect(run.stderr).toMatch(/^seamfield: The region of 25×21 pixels is seen on 12×10;/);
    expect(run.json).toMatchObject({ maxOutsideDifference: 0, width: 40, height: 32 });
    const [target, result] = await Promise.all(['deep.png', 'carried.png'].map(read));
    const outside = result!.data.filter((value, i) => {
      const [x, y] = [(Math.floor(i / 3) % 40) - 5, Math.floor(i / 3 / 40) + 2];
      return (x - 12) ** 2 + (y - 10) ** 2 >= 49 && value !== target!.data[i];
    });
    expect(outside).toHaveLength(0);
    await seamfield('render', file('carried.onnx'), '--out', file('carried-network.png'));
    expect((await read('carried-network.png')).width).toBe(12);
    await clone16(file('whole.png'), '--size', '4096', '--solver', 'exact');
    await clone16(file('exact.png'), '--solver', 'exact');
    expect((await read('whole.png')).data).toEqual((await read('exact.png')).data);
  });

  it('takes a grey source into a colour target, and a colour source into a grey one', async () => {
    await sharp(noise8(24 * 20, 8), { raw: { width: 24, height: 20, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(file('grey-source.png'));
    const into = (source: string, target: string) =>
      seamfield(
        'clone',
        '--source',
        file(source),
        '--target',
        file(target),
        '--mask',
        file('mask.png'),
        '--solver',
        'exact',
        '--out',
        file('mix.png'),
        '--json',
      );
    expect((await into('grey-source.png', 'photo.png')).json).toMatchObject({ maxOutsideDifference: 0 });
    expect((await read('mix.png')).channels).toBe(3);
    expect((await into('source.png', 'grey.png')).json).toMatchObject({ maxOutsideDifference: 0 });
    expect((await read('mix.png')).channels).toBe(1);
  });

  it('clips a source that hangs over the edge, and one that covers all', async () => {
    const run = await seamfield(
      'clone',
      '--source',
      file('source.png'),
      '--mask',
      file('white.png'),
      '--target',
      file('source.png'),
      '--at',
      '-20,15',
      '--solver',
      'exact',
      '--out',
      file('edge.png'),
      '--json',
    );
    expect(run).toMatchObject({ status: 0, json: { maxOutsideDifference: 0 } });
    const all = await seamfield(
      'clone',
      '--source',
      file('source.png'),
      '--mask',
      file('white.png'),
      '--target',
      file('source.png'),
      '--solver',
      'exact',
      '--out',
      file('all.png'),
      '--json',
    );
    expect(all.status).toBe(0);
    expect((await read('all.png')).data).toEqual((await read('source.png')).data);
  });
});
