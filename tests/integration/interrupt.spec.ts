import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { file, withPictures } from './pictures.ts';
import { built, root } from './seamfield.ts';
import { until } from '../until.ts';

withPictures();
const sample = join(root, 'assets/samples/astronaut.png');

describe('Ctrl-C', () => {
  it('ends a training with status 1 and keeps nothing', async () => {
    const args = ['reconstruct', sample, '--seconds', '600', '--out', file('never.png')];
    const child = spawn(process.execPath, [built('main/cli.js'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    // Once it has a process that trains, it listens to Ctrl-C.
    const children = `/proc/${String(child.pid)}/task/${String(child.pid)}/children`;
    await until(async () => expect(await readFile(children, 'utf8')).not.toBe(''));
    child.kill('SIGINT');
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(1);
    expect(stderr).toBe('seamfield: Stopped; nothing was written.\n');
    expect(existsSync(file('never.png'))).toBe(false);
  });
});

describe('a report that nobody takes', () => {
  const statusOf = async (stdout: 'pipe' | number) => {
    const child = spawn(process.execPath, [built('main/cli.js'), '--help'], {
      stdio: ['ignore', stdout, 'pipe'],
    });
    child.stdout?.destroy();
    let said = '';
    child.stderr!.on('data', (text) => (said += String(text)));
    const [status] = (await once(child, 'close')) as [number];
    return { status, said };
  };

  it('ends with status 1, in silence where its reader has gone', async () => {
    expect(await statusOf('pipe')).toEqual({ status: 1, said: '' });
  });

  it.runIf(existsSync('/dev/full'))('ends with status 1 and a line where its disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const { status, said } = await statusOf(full).finally(() => closeSync(full));
    expect(said).toMatch(/^seamfield: stdout can't be written to: ENOSPC[^\n]*\n$/);
    expect(status).toBe(1);
  });
});
