import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readText } from '../../src-main/imaging/png-chunks.ts';
import { file, read, small, withPictures } from './pictures.ts';
import { root, seamfield } from './seamfield.ts';

withPictures();

describe('render', () => {
  beforeAll(async () => {
    await seamfield(
      'reconstruct',
      file('photo.png'),
      '--steps',
      '60',
      '--onnx',
      file('net.onnx'),
      '--out',
      file('net.png'),
      ...small,
    );
  });

  it('draws the exported file alone as the training itself drew it', async () => {
    const run = await seamfield('render', file('net.onnx'), '--out', file('again.png'), '--json');
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.json).toMatchObject({ width: 40, height: 32, outputs: [file('again.png')] });
    expect((await read('again.png')).data).toEqual((await read('net.png')).data);
  });

  it('evaluates between the pixels at another scale', async () => {
    const run = await seamfield(
      'render',
      file('net.onnx'),
      '--scale',
      '2.5',
      '--out',
      file('large.webp'),
      '--json',
    );
    expect(run.json).toMatchObject({ width: 100, height: 80 });
    expect(await read('large.webp')).toMatchObject({ width: 100, height: 80 });
  });

  it.each(['dx', 'dy', 'magnitude', 'direction', 'laplacian'])(
    'colours %s and says in the file what the colours span',
    async (view) => {
      expect(
        await seamfield('render', file('net.onnx'), '--view', view, '--out', file('view.png')),
      ).toMatchObject({ status: 0 });
      const text = readText(await readFile(file('view.png')));
      const [low, high] = text['Seamfield range']!.split(' ').map(Number);
      expect(high).toBeGreaterThan(low!);
      expect(text['Seamfield view']).toBe(view);
    },
  );
});

describe('the command line', () => {
  it('helps, and says its version', async () => {
    expect(await seamfield('--help')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('reconstruct') as string,
    });
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect((await seamfield('--version')).stdout).toBe(`${version}\n`);
  });
});
