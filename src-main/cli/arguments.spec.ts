import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { readArguments } from './arguments.ts';
import { commands } from './commands.ts';

const clone = ['clone', '--source', 's.png', '--target', 't.png', '--mask', 'm.png'];

describe('a command line', () => {
  it('is read into a command, its operands and the values given', () => {
    expect(readArguments(['reconstruct', 'a.png', '--from', 'laplacian', '--size=128', '--json'])).toEqual({
      kind: 'run',
      command: 'reconstruct',
      operands: ['a.png'],
      values: { from: 'laplacian', size: 128, json: true },
    });
  });

  it('may place a source to the left of and above its target', () => {
    expect(readArguments([...clone, '--at', '-16,-8'])).toMatchObject({ values: { at: { x: -16, y: -8 } } });
  });

  it('may name files that begin with a minus, after two of them', () => {
    expect(readArguments(['reconstruct', '--', '-a.png'])).toMatchObject({ operands: ['-a.png'] });
  });

  it.each([[['--help']], [['-h']], [[]]])('%j asks for help', (argv) => {
    expect(readArguments(argv)).toEqual({ kind: 'help' });
  });

  it('asks for help on a command even where the rest is not complete', () => {
    expect(readArguments(['clone', '--help'])).toEqual({ kind: 'help', command: 'clone' });
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['paint'], /“paint” is no command/],
    ['an unknown option', ['reconstruct', 'a.png', '--fast'], /no option --fast/],
    ['a single dash', ['reconstruct', 'a.png', '-x'], /no option -x/],
    ['an inherited name for an option', ['reconstruct', 'a.png', '--constructor'], /no option --constructor/],
    ["another command's option", ['reconstruct', 'a.png', '--alpha', '0.5'], /reconstruct takes no --alpha/],
    ['an option twice', ['reconstruct', 'a.png', '--size', '64', '--size', '65'], /--size is given twice/],
    ['a missing value at the end', ['reconstruct', 'a.png', '--out'], /--out needs a value/],
    ['an option where a value is due', ['reconstruct', 'a.png', '--out', '--json'], /--out needs a value/],
    ['a value where none is due', ['reconstruct', 'a.png', '--json=yes'], /--json takes no value/],
    ['an empty file name', ['reconstruct', 'a.png', '--out='], /--out takes a file/],
    ['no operand', ['reconstruct'], /reconstruct needs IMAGE/],
    ['an operand too few', ['fuse', 'a.png'], /fuse needs B/],
    ['an operand too many', ['reconstruct', 'a.png', 'b.png'], /“b.png”/],
    ['a missing required option', ['clone', '--source', 's.png', '--target', 't.png'], /clone needs --mask/],
    ['nowhere to render to', ['render', 'm.onnx'], /render needs --out/],
    ['both budgets', ['reconstruct', 'a.png', '--seconds', '1', '--steps', '1'], /exclude each other/],
    ['a network of no training', ['reconstruct', 'a.png', '--solver', 'exact', '--onnx', 'n.onnx'], /--onnx/],
    ['α without averaging', [...clone, '--alpha', '0.5'], /--mode average/],
    [
      'a size of letters',
      ['reconstruct', 'a.png', '--size', 'big'],
      /--size takes a whole number from 8 to 4096, not “big”/,
    ],
    ['a fractional size', ['reconstruct', 'a.png', '--size', '64.5'], /--size/],
    ['a size below the range', ['reconstruct', 'a.png', '--size', '7'], /from 8 to 4096/],
    ['a size above the range', ['reconstruct', 'a.png', '--size', '4097'], /from 8 to 4096/],
    ['α above 1', ['fuse', 'a', 'b', '--alpha', '1.01'], /from 0 to 1/],
    ['α that is no number', ['fuse', 'a', 'b', '--alpha', 'NaN'], /from 0 to 1/],
    ['infinite time', ['reconstruct', 'a.png', '--seconds', 'Infinity'], /--seconds/],
    ['hexadecimal seconds', ['reconstruct', 'a.png', '--seconds', '0x10'], /--seconds/],
    ['no time', ['reconstruct', 'a.png', '--seconds', '0'], /--seconds/],
    ['no steps', ['reconstruct', 'a.png', '--steps', '0'], /--steps/],
    ['a negative seed', ['reconstruct', 'a.png', '--seed', '-1'], /--seed/],
    ['no threads', ['reconstruct', 'a.png', '--threads', '0'], /--threads/],
    ['an unknown loss', ['reconstruct', 'a.png', '--loss', 'l1'], /residual, balanced, integrated/],
    ['an unknown provider', ['reconstruct', 'a.png', '--provider', 'tpu'], /cpu, webgpu, cuda/],
    ['an unknown view', ['render', 'm.onnx', '--out', 'o.png', '--view', 'curl'], /--view/],
    ['a place between pixels', [...clone, '--at', '1.5,2'], /two whole numbers/],
    ['a place beyond all targets', [...clone, '--at', '0,-1000001'], /from -1000000 to 1000000/],
    ['half a place', [...clone, '--at', '12'], /two whole numbers/],
    ['a port that is none', ['serve', '--port', '65536'], /--port/],
  ])('with %s is refused as bad input, in one line', (_, argv, message) => {
    let thrown: unknown;
    try {
      readArguments(argv);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SeamfieldError);
    const { message: said, isBadInput } = thrown as SeamfieldError;
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
    expect(isBadInput).toBe(true);
  });
});

describe('the commands', () => {
  it('are those of the stable interface', () => {
    expect(Object.keys(commands)).toEqual(['reconstruct', 'fuse', 'clone', 'render', 'serve']);
  });
});
