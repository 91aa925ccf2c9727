import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { built } from './seamfield.ts';

/** Every package that the built files of an entry load at its start, its chunks' included. */
async function importedBy(entry: string): Promise<Set<string>> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    seen.add(path);
    const code = await readFile(path, 'utf8');
    for (const [, from = ''] of code.matchAll(/^(?:import|export)\b[^;]*?["']([^"']+)["'];/gm)) {
      if (from.startsWith('.')) await visit(join(dirname(path), from));
      else packages.add(from);
    }
  };
  await visit(built(entry));
  return packages;
}

it.each(['main/main.js', 'main/cli.js'])('%s starts without a native library', async (entry) => {
  const packages = await importedBy(entry);
  expect(packages).toContain('valibot');
  expect([...packages].filter((name) => /sharp|onnxruntime/.test(name))).toEqual([]);
});

it('the job process is where they are, and has onnxruntime only once a network is to run', async () => {
  const packages = await importedBy('main/worker.js');
  expect(packages).toContain('sharp');
  expect(packages).not.toContain('onnxruntime-node');
  expect(await importedBy('main/shard-thread.js')).toContain('onnxruntime-node');
});

// /proc tells which libraries a process has mapped; other systems have no such file.
it.runIf(process.platform === 'linux')(
  'the host maps no native library, whatever is opened, looked at or trained',
  async () => {
    const host = spawn(process.execPath, [built('main/cli.js'), 'serve'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [address] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
      const { origin } = new URL(address);
      const admitted = await fetch(address, { redirect: 'manual' });
      const cookie = admitted.headers.get('set-cookie')!.split(';')[0]!;
      const ask = async (channel: string, payload: unknown) => {
        const headers = { cookie, origin, 'content-type': 'application/json' };
        const body = JSON.stringify(payload);
        const answer = await fetch(`${origin}/rpc/${channel}`, { method: 'POST', headers, body });
        return (await answer.json()) as { ok: boolean; result: { id: string } };
      };
      const { result } = await ask('images:open-sample', { name: 'brick' });
      const view = await ask('images:view', { imageId: result.id, view: 'dx', size: 32 });
      const job = {
        kind: 'reconstruct',
        imageId: result.id,
        from: 'gradient',
        size: 16,
        budget: { steps: 1 },
      };
      const started = await ask('jobs:start', job);
      expect([view.ok, started.ok]).toEqual([true, true]);
      const maps = await readFile(`/proc/${host.pid}/maps`, 'utf8');
      const libraries = [...new Set(maps.match(/\/\S*(?:\.node|vips|onnxruntime)\S*/g))];
      expect(libraries.filter((path) => path !== process.execPath)).toEqual([]);
    } finally {
      host.kill('SIGINT');
      await once(host, 'exit');
    }
  },
);
