import { describe, expect, it } from 'vitest';
import { commands } from './commands.ts';
import type { Command, CommandName } from './commands.ts';
import { helpText } from './help.ts';

const names = Object.keys(commands) as CommandName[];

describe('help', () => {
  it('names every command', () => {
    for (const name of names) expect(helpText()).toContain(`seamfield ${name}`);
  });

  it.each(names)('on %s explains every option it takes, in lines that fit a terminal', (name) => {
    const { required, optional }: Command = commands[name];
    const text = helpText(name);
    for (const option of [...required, ...optional])
      expect(text).toMatch(new RegExp(`^  --${option}\\b`, 'm'));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('on fuse says what becomes of images of different shapes', () => {
    expect(helpText('fuse')).toContain('cropped about its centre');
  });
});
