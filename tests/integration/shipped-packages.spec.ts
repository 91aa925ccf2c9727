import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { shippedPart } from '../../packaging/bill-of-materials.ts';
import type { BillOfMaterials } from '../../packaging/bill-of-materials.ts';
import { isAllowed } from '../../packaging/licence-rules.ts';
import type { ShippedPackage } from '../../packaging/shipped-packages.ts';
import { built, root } from './seamfield.ts';

const run = promisify(execFile);
let packages: ShippedPackage[];

beforeAll(async () => {
  packages = JSON.parse(await readFile(built('renderer/licences.json'), 'utf8')) as ShippedPackage[];
});

describe('the packages that ship', () => {
  it('are those that run beside the app and those bundled into its page, and no tool', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'sharp',
        'onnxruntime-node',
        'ws',
        'svelte',
        'bits-ui',
        '@fontsource-variable/inter',
      ]),
    );
    expect(
      names.filter((name) =>
        /^(vitest|vite|eslint|typescript|electron-builder|fast-check|axe-core)$/.test(name),
      ),
    ).toEqual([]);
  });

  it('come under licences that we allow, most of them with their text', () => {
    expect(packages.filter(({ licence }) => !isAllowed(licence)).map(({ name }) => name)).toEqual([]);
    expect(packages.filter(({ text }) => text.length > 200).length).toBeGreaterThan(0.8 * packages.length);
  });

  it('stand in a bill of materials that npm writes without a network', async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'];
    const { stdout } = await run(npm, args, { cwd: root, maxBuffer: 2 ** 26 });
    const bill = shippedPart(JSON.parse(stdout) as BillOfMaterials, packages);
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { name: 'seamfield' } },
    });
    expect(bill.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['electron', 'sharp', 'svelte']),
    );
    expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
    const refs = bill.components.map((part) => part['bom-ref']);
    const leading = bill.dependencies.flatMap(({ dependsOn = [] }) => dependsOn);
    expect(leading.filter((ref) => !refs.includes(ref))).toEqual([]);
    expect(() => shippedPart(bill, [{ name: 'ghost', version: '1.0.0', licence: 'MIT', text: '' }])).toThrow(
      'ghost',
    );
  });
});
