/** `npm run licences`: the packages that ship with the app and their licences; fails where one is unknown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowed } from './licence-rules.ts';
import type { ShippedPackage } from './shipped-packages.ts';

const list = join(import.meta.dirname, '../out/renderer/licences.json');
const packages = JSON.parse(readFileSync(list, 'utf8')) as ShippedPackage[];
const width = Math.max(...packages.map(({ name, version }) => name.length + version.length + 1));
for (const { name, version, licence } of packages)
  console.log(`${`${name}@${version}`.padEnd(width)}  ${licence || '(none stated)'}`);
const refused = packages.filter(({ licence }) => !isAllowed(licence));
for (const { name, licence } of refused)
  console.error(
    `${name}: the licence “${licence}” is not one of ours; look at it, then add it to licence-rules.ts.`,
  );
process.exitCode = refused.length === 0 ? 0 : 1;
