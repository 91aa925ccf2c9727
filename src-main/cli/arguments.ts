import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { commands, isCommand } from './commands.ts';
import type { Command, CommandName } from './commands.ts';
import { flags } from './flags.ts';
import type { FlagName, FlagValues } from './flags.ts';

/** What the user asked for. */
export type Invocation =
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly operands: readonly string[];
      readonly values: FlagValues;
    };

function usage(message: string): SeamfieldError {
  return new SeamfieldError('bad-usage', `${message} See seamfield --help.`);
}

/**
 * Reads a command line. `--name value` and `--name=value` are the same, a value may begin with a minus, and
 * everything behind `--` is an operand.
 *
 * Throws `bad-usage` or `bad-option` for anything that isn't exactly as --help says.
 */
export function readArguments(argv: readonly string[]): Invocation {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help' };
  if (first === '--version') return { kind: 'version' };
  if (!isCommand(first)) throw usage(`“${first}” is no command; use ${Object.keys(commands).join(', ')}.`);
  const { operands, values } = readFlags(first, rest);
  if (values.help) return { kind: 'help', command: first };
  if (values.version) return { kind: 'version' };
  checkComplete(first, operands, values);
  return { kind: 'run', command: first, operands, values };
}

function readFlags(
  command: CommandName,
  argv: readonly string[],
): { operands: string[]; values: FlagValues } {
  const operands: string[] = [];
  const values: Partial<Record<FlagName, unknown>> = {};
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (argument === '--') {
      operands.push(...argv.slice(i + 1));
      break;
    }
    if (argument === '-h') {
      values.help = true;
      continue;
    }
    if (!argument.startsWith('-') || argument === '-') {
      operands.push(argument);
      continue;
    }
    const [, name = argument, inline] = /^--([^=]*)(?:=([^]*))?$/.exec(argument) ?? [];
    const known = flagOf(command, name, argument);
    if (known in values) throw usage(`--${known} is given twice.`);
    const flag = flags[known];
    if (!('value' in flag)) {
      if (inline !== undefined) throw usage(`--${known} takes no value.`);
      values[known] = true;
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      throw usage(`--${known} needs a value: ${flag.value}.`);
    }
    values[known] = flag.read(value, known);
  }
  return { operands, values: values as FlagValues };
}

function flagOf(command: CommandName, name: string, argument: string): FlagName {
  const { required, optional }: Command = commands[command];
  const known: readonly FlagName[] = [...required, ...optional, 'help', 'version'];
  const found = known.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  const exists = Object.hasOwn(flags, name);
  throw usage(exists ? `${command} takes no --${name}.` : `There is no option ${argument.split('=')[0]!}.`);
}

function checkComplete(command: CommandName, operands: readonly string[], values: FlagValues): void {
  const { operands: expected, required }: Command = commands[command];
  const missing = expected.slice(operands.length);
  if (missing.length > 0) throw usage(`${command} needs ${missing.join(' and ')}.`);
  const extra = operands[expected.length];
  if (extra !== undefined) throw usage(`${command} doesn't know what to do with “${extra}”.`);
  const absent = required.filter((name) => !(name in values));
  if (absent.length > 0) {
    throw usage(`${command} needs ${absent.map((name) => `--${name}`).join(' and ')}.`);
  }
  if (values.seconds !== undefined && values.steps !== undefined) {
    throw usage('--seconds and --steps exclude each other.');
  }
  if (values.solver === 'exact' && values.onnx !== undefined) {
    throw usage('--solver exact trains no network, so there is none for --onnx.');
  }
  if (command === 'clone' && values.alpha !== undefined && values.mode !== 'average') {
    throw usage('--alpha belongs to --mode average.');
  }
}
