import type { Plugin } from 'vite';
import { bundledPackages, merged, runtimePackages } from './shipped-packages.ts';

/** Puts `licences.json` beside the page: the packages in it and beside it, for the about box and `npm run licences`. */
export function licences(root: string): Plugin {
  return {
    name: 'seamfield-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      const styles = [...this.getModuleIds()].filter((id) => id.endsWith('.css'));
      const packages = merged(bundledPackages([...modules, ...styles]), runtimePackages(root));
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(packages) });
    },
  };
}
