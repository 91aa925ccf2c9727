import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import { fusionModes } from '../../src-shared/model/fusion.ts';
import type { Placement } from '../../src-shared/model/image.ts';
import { engines, losses, providers } from '../../src-shared/model/training.ts';
import { views } from '../../src-shared/model/view.ts';

/** One option of the command line: how its value is read, and what --help says of it. */
export interface Flag<T> {
  /** What stands for the value in --help; absent for an option that takes none. */
  readonly value?: string;
  readonly help: string;
  /** Throws `bad-option`, naming the option, for a value it doesn't take. */
  read(text: string, name: string): T;
}

function refuse(name: string, expected: string, text: string): never {
  throw new SeamfieldError('bad-option', `--${name} takes ${expected}, not “${text}”.`);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function number(help: string, [min, max]: readonly [number, number], value = 'X'): Flag<number> {
  return {
    value,
    help: `${help} (${min} to ${max})`,
    read(text, name) {
      const read = Number(text);
      if (decimal.test(text) && read >= min && read <= max) return read;
      return refuse(name, `a number from ${min} to ${max}`, text);
    },
  };
}

function whole(help: string, [min, max]: readonly [number, number], value = 'N'): Flag<number> {
  return {
    value,
    help: `${help} (${min} to ${max})`,
    read(text, name) {
      const read = Number(text);
      if (/^[+-]?\d+$/.test(text) && read >= min && read <= max) return read;
      return refuse(name, `a whole number from ${min} to ${max}`, text);
    },
  };
}

function choice<const T extends string>(help: string, choices: readonly T[]): Flag<T> {
  return {
    value: choices.join('|'),
    help,
    read: (text, name) => choices.find((known) => known === text) ?? refuse(name, choices.join(', '), text),
  };
}

function file(help: string, value: string): Flag<string> {
  return {
    value,
    help,
    read: (text, name) => (text === '' ? refuse(name, 'a file’s name', text) : text),
  };
}

function yes(help: string): Flag<boolean> {
  return { help, read: () => true };
}

const placement: Flag<Placement> = {
  value: 'X,Y',
  help: "where the source's top-left corner lands on the target, in pixels (default 0,0)",
  read(text, name) {
    const [min, max] = limits.position;
    const [x = NaN, y = NaN] = /^([+-]?\d+),([+-]?\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
    if (x >= min && x <= max && y >= min && y <= max) return { x, y };
    return refuse(name, `two whole numbers from ${min} to ${max}, as in 12,-3`, text);
  },
};

/** Every option there is, by name. Which command takes which stands in commands.ts. */
export const flags = {
  out: file('the result: .png, .tif, .jpg, .webp or .avif', 'F.png'),
  onnx: file('the network', 'F.onnx'),
  seconds: number('train for so many seconds (default 20)', limits.seconds, 'S'),
  steps: whole('train for so many steps instead', limits.steps, 'K'),
  loss: choice('what is minimised (default balanced)', losses),
  hidden: whole('units in each sine layer', limits.hidden),
  layers: whole('sine layers', limits.layers),
  omega: number('ω₀ of the first layer (default: by size and loss)', limits.omega, 'W'),
  engine: choice('what computes (default ort)', engines),
  provider: choice('where it computes (default: the fastest that the app has found here)', providers),
  threads: whole('threads (default: all cores)', limits.threads),
  seed: whole('seed of all random numbers (default 0)', limits.seed),
  solver: choice('exact: the Poisson solution in place of a network (default siren)', ['siren', 'exact']),
  encoding: choice('of the values that derivatives are taken of (default srgb)', ['srgb', 'linear']),
  json: yes('print what came of it as one JSON object, the last line on stdout'),
  from: choice('what the network is trained on (default gradient)', supervisions),
  operator: choice('how derivatives are taken (default staggered)', operators),
  size: whole('longer side of what the network sees; never enlarged (default 256)', limits.size),
  alpha: number('share of the first image, or of the source with --mode average (default 0.5)', [0, 1], 'A'),
  source: file('what is cloned', 'S'),
  target: file('what it is cloned into', 'T'),
  mask: file("of the source's size, white is inside", 'M'),
  at: placement,
  mode: choice('how gradients are combined inside the mask (default import)', fusionModes),
  scale: number('size relative to what the network was trained on (default 1)', limits.scale),
  view: choice('what is drawn (default value)', views),
  port: whole('port on loopback (default: any free one)', [0, 65535]),
  open: yes('open it in the default browser'),
  help: yes('say how to use it'),
  version: yes('say which version this is'),
} as const;

export type FlagName = keyof typeof flags;
type ValueOf<F> = F extends Flag<infer T> ? T : never;
/** The values read, for those options that were given. */
export type FlagValues = { readonly [N in FlagName]?: ValueOf<(typeof flags)[N]> };
