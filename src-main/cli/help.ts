import { commands } from './commands.ts';
import type { Command, CommandName } from './commands.ts';
import { flags } from './flags.ts';
import type { Flag, FlagName } from './flags.ts';

function term(name: FlagName): string {
  const { value }: Flag<unknown> = flags[name];
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function usageLine(name: CommandName): string {
  const { operands, required }: Command = commands[name];
  return ['seamfield', name, ...operands, ...required.map(term), '[options]'].join(' ');
}

/** What --help prints: all commands, or one with its options. */
export function helpText(name?: CommandName): string {
  if (name === undefined) {
    const names = Object.keys(commands) as CommandName[];
    return [
      'Seamfield trains a small network on nothing but derivatives of photographs, and shows what it integrates to.',
      '',
      ...names.flatMap((command) => [`  ${usageLine(command)}`, `      ${commands[command].summary}`]),
      '',
      'seamfield COMMAND --help says more. Exit status: 0 done; 2 bad usage or input, nothing written; 1 anything else.',
    ].join('\n');
  }
  const { summary, required, optional, details }: Command = commands[name];
  const options = [...required, ...optional].flatMap((flag) => [
    `  ${term(flag)}`,
    `      ${flags[flag].help}`,
  ]);
  return [usageLine(name), '', summary, ...(details ? ['', details] : []), '', ...options].join('\n');
}
