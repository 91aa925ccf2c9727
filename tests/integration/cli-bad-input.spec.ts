import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { file, withPictures } from './pictures.ts';
import { seamfield, seamfieldWith } from './seamfield.ts';

withPictures();

describe('bad input', () => {
  const photo = () => file('photo.png');
  const cloning = (source: string, target: string, maskFile: string, ...more: string[]) => [
    'clone',
    '--source',
    file(source),
    '--target',
    file(target),
    '--mask',
    file(maskFile),
    ...more,
  ];

  beforeAll(async () => {
    const png = await readFile(file('photo.png'));
    await writeFile(file('empty.png'), '');
    await writeFile(file('text.png'), 'not an image at all');
    await writeFile(file('cut.png'), png.subarray(0, png.length / 2));
    await writeFile(file('foreign.onnx'), 'not a network');
    await mkdir(file('folder.png'));
  });

  it.each<[string, () => string[], RegExp]>([
    ['a file that isn’t there', () => ['reconstruct', file('nowhere.png')], /nowhere\.png/],
    ['an empty file', () => ['reconstruct', file('empty.png')], /empty\.png is empty/],
    ['a file that is no image', () => ['reconstruct', file('text.png')], /text\.png is not an image/],
    ['a file that was cut short', () => ['reconstruct', file('cut.png')], /cut\.png/],
    ['a folder where a file is due', () => ['reconstruct', file('folder.png')], /folder\.png is a folder/],
    [
      'a folder for an output',
      () => ['reconstruct', photo(), '--out', file('folder.png')],
      /folder\.png is a folder/,
    ],
    ['an output in no folder', () => ['reconstruct', photo(), '--out', file('no/where/bad.png')], /bad\.png/],
    ['an output of no known ending', () => ['reconstruct', photo(), '--out', file('bad.xyz')], /\.xyz/],
    ['an output onto its input', () => ['reconstruct', photo(), '--out', photo()], /photo\.png/],
    [
      'one output for two',
      () => ['reconstruct', photo(), '--out', file('bad.png'), '--onnx', file('bad.png')],
      /bad\.png/,
    ],
    ['an unknown flag', () => ['reconstruct', photo(), '--fast', '--out', file('bad.png')], /--fast/],
    [
      'a number out of range',
      () => ['reconstruct', photo(), '--size', '3', '--out', file('bad.png')],
      /--size/,
    ],
    [
      'a provider that isn’t there',
      () => ['reconstruct', photo(), '--provider', 'coreml', '--steps', '1', '--out', file('bad.png')],
      /coreml.*cpu/,
    ],
    [
      'a mask of another size',
      () => cloning('source.png', 'photo.png', 'photo.png', '--out', file('bad.png')),
      /photo\.png.*40×32.*24×20/,
    ],
    [
      'an empty mask',
      () => cloning('source.png', 'photo.png', 'black.png', '--out', file('bad.png')),
      /black\.png/,
    ],
    [
      'a source wholly outside',
      () => cloning('source.png', 'photo.png', 'mask.png', '--at', '500,0', '--out', file('bad.png')),
      /500, 0/,
    ],
    [
      'a second image that can’t be read',
      () => ['fuse', photo(), file('text.png'), '--out', file('bad.png')],
      /text\.png/,
    ],
    ['a foreign network', () => ['render', file('foreign.onnx'), '--out', file('bad.png')], /foreign\.onnx/],
    [
      'an empty network',
      () => ['render', file('empty.png'), '--out', file('bad.png')],
      /empty\.png is empty: there is no network in it/,
    ],
    [
      'a folder for a network',
      () => ['render', file('folder.png'), '--out', file('bad.png')],
      /folder\.png is a folder; give the \.onnx file of a network/,
    ],
    ['an image for a network', () => ['render', photo(), '--out', file('bad.png')], /photo\.png/],
    [
      'a network that isn’t there',
      () => ['render', file('nowhere.onnx'), '--out', file('bad.png')],
      /nowhere\.onnx/,
    ],
  ])('%s: one line that says what is wrong, status 2, nothing written', async (_, args, message) => {
    const before = (await readdir(file('.'))).sort();
    const run = await seamfield(...args());
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toMatch(/^seamfield: [^\n]+\n$/);
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect((await readdir(file('.'))).sort()).toEqual(before);
  });

  it('no room for what serve is sent: one line, and an end', async () => {
    const run = await seamfieldWith({ TMPDIR: file('nowhere') }, 'serve');
    expect(run.stderr).toMatch(/^seamfield: Uploads can't be kept in [^\n]*TMPDIR\.\n$/);
    expect(run).toMatchObject({ status: 2, stdout: '' });
  });
});
