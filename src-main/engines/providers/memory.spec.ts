import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { ProviderMemory } from './memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamfield-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const file = () => join(folder, `${files++}`, 'providers.json');
const passed = { passed: true, speed: 3, at: 0 } as const;

describe('the memory of providers', () => {
  it('keeps verdicts and races for the next process, and leaves no other file', () => {
    const path = file();
    const memory = new ProviderMemory(path, 'here');
    expect(memory.passed()).toEqual([]);
    memory.remember('webgpu', passed);
    memory.rememberFastest('a job', 'webgpu');
    const next = new ProviderMemory(path, 'here');
    expect(next.check('webgpu')).toEqual(passed);
    expect(next.passed()).toEqual(['webgpu']);
    expect(next.fastest('a job')).toBe('webgpu');
    expect(readdirSync(join(path, '..'))).toEqual(['providers.json']);
  });

  it('forgets everything where the machine is another: a new adapter, driver or version', () => {
    const path = file();
    new ProviderMemory(path, 'here').remember('webgpu', passed);
    const elsewhere = new ProviderMemory(path, 'elsewhere');
    expect(elsewhere.check('webgpu')).toBeUndefined();
    elsewhere.remember('cuda', passed);
    expect(new ProviderMemory(path, 'elsewhere').passed()).toEqual(['cuda']);
  });

  it('looks at a failure again after a day, and never offers it', () => {
    let now = 1000;
    const memory = new ProviderMemory(file(), 'here', () => now);
    memory.remember('webgpu', { passed: false, reason: 'no adapter', at: now });
    now += 23 * 3600 * 1000;
    expect(memory.check('webgpu')).toMatchObject({ passed: false, reason: 'no adapter' });
    now += 2 * 3600 * 1000;
    expect(memory.check('webgpu')).toBeUndefined();
    expect(memory.passed()).toEqual([]);
  });

  it('races no provider that is far behind the CPU even at a small job', () => {
    const memory = new ProviderMemory(file(), 'here');
    memory.remember('webgpu', { passed: true, speed: 0.01, at: 0 });
    memory.remember('cuda', passed);
    expect(memory.passed()).toEqual(['webgpu', 'cuda']);
    expect(memory.contenders()).toEqual(['cuda']);
  });

  it('takes a damaged file for none, and a folder that cannot be made for forgetfulness', () => {
    const path = file();
    new ProviderMemory(path, 'here').remember('webgpu', passed);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
    expect(new ProviderMemory(path, 'here').passed()).toEqual([]);
    writeFileSync(path, '{"machine":"here","checks":{"webgpu":"yes"},"races":{}}');
    expect(new ProviderMemory(path, 'here').passed()).toEqual([]);
    const nowhere = new ProviderMemory(join(path, 'under-a-file', 'providers.json'), 'here');
    nowhere.remember('webgpu', passed);
    expect(nowhere.passed()).toEqual([]);
  });

  it('remembers nothing where it has no file', () => {
    const memory = new ProviderMemory(undefined, 'here');
    memory.remember('webgpu', passed);
    expect(memory.passed()).toEqual([]);
  });

  it('keeps the races of the latest shapes and no more', () => {
    const memory = new ProviderMemory(file(), 'here');
    for (let i = 0; i < 70; i++) memory.rememberFastest(`job ${i}`, 'cpu');
    expect(memory.fastest('job 0')).toBeUndefined();
    expect(memory.fastest('job 69')).toBe('cpu');
  });
});
