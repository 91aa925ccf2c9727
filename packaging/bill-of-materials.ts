import type { ShippedPackage } from './shipped-packages.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly scope?: string;
}

/** As much of a CycloneDX document as is looked at here. */
export interface BillOfMaterials {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * What of a bill ships: the packages named, and Electron, which is around them. Throws where one is not in the bill, for
 * then the lock file and the build don't agree.
 */
export function shippedPart(bill: BillOfMaterials, shipped: readonly ShippedPackage[]): BillOfMaterials {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const isShipped = ({ name, version }: Component) => name === 'electron' || wanted.has(`${name}@${version}`);
  // Whatever npm calls them, all of these are needed to run.
  const components = bill.components.filter(isShipped).map((part) => ({ ...part, scope: 'required' }));
  const known = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = [...wanted].filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`The lock file does not know ${missing.join(', ')}; run npm ci.`);
  const { component } = bill.metadata;
  const refs = new Set([component['bom-ref'], ...components.map((part) => part['bom-ref'])]);
  return {
    ...bill,
    // npm calls a project after the folder that it lies in.
    metadata: { ...bill.metadata, component: { ...component, name: 'seamfield' } },
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) })),
  };
}
