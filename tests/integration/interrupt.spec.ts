import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { file, withPictures } from './pictures.ts';
import { built, root } from './seamfield.ts';

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
    await vi.waitFor(async () => expect(await readFile(children, 'utf8')).not.toBe(''), {
      timeout: 60_000,
      interval: 50,
    });
    child.kill('SIGINT');
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(1);
    expect(stderr).toBe('seamfield: Stopped; nothing was written.\n');
    expect(existsSync(file('never.png'))).toBe(false);
  });
});
