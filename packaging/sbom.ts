/**
 * `npm run sbom`: dist/sbom.cdx.json, the software bill of materials of what ships (CycloneDX), from npm's own account
 * of the lock file and the list of packages that the build really took.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './shipped-packages.ts';
import { shippedPart } from './bill-of-materials.ts';
import type { BillOfMaterials } from './bill-of-materials.ts';

const root = join(import.meta.dirname, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const whole = execFileSync(npm, ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  maxBuffer: 2 ** 26,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const shipped = JSON.parse(
  readFileSync(join(root, 'out/renderer/licences.json'), 'utf8'),
) as ShippedPackage[];
const bill = shippedPart(JSON.parse(whole.toString()) as BillOfMaterials, shipped);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
console.log(`dist/sbom.cdx.json: ${bill.components.length} packages`);
