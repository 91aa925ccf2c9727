/** Which packages of others an installed Seamfield contains, and under which licences. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression as the package states it; '' where it states none. */
  readonly licence: string;
  /** Its licence file; '' where it has none. */
  readonly text: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
}

interface LockEntry {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** A package by the folder it is installed in. */
export function describePackage(folder: string): ShippedPackage {
  const { name, version, license } = readJson(join(folder, 'package.json')) as Manifest;
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return { name, version, licence: typeof license === 'string' ? license : recognised(text), text };
}

/** The licence that a text is, for packages whose manifest forgets to say; '' where it is not plain to see. */
function recognised(text: string): string {
  const isMit =
    /^(The )?MIT License/i.test(text) && text.includes('Permission is hereby granted, free of charge');
  return isMit ? 'MIT' : '';
}

/** Packages that run beside ours, from node_modules: what the lock file says is neither for development nor absent here. */
export function runtimePackages(root: string): ShippedPackage[] {
  const { packages } = readJson(join(root, 'package-lock.json')) as { packages: Record<string, LockEntry> };
  return Object.entries(packages)
    .filter(([place, { dev, devOptional, peer }]) => place !== '' && !(dev || devOptional || peer))
    .map(([place]) => join(root, place))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(describePackage);
}

/** Packages that a bundle took modules of, by the modules' ids. */
export function bundledPackages(moduleIds: Iterable<string>): ShippedPackage[] {
  const folders = new Set<string>();
  for (const id of moduleIds) {
    const path = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
    const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found !== null) folders.add(found[1]!.replaceAll('/', sep));
  }
  return [...folders].map(describePackage);
}

/** Each package once, by name and version. */
export function merged(...lists: readonly (readonly ShippedPackage[])[]): ShippedPackage[] {
  const known = new Map(lists.flat().map((entry) => [`${entry.name}@${entry.version}`, entry]));
  return [...known.keys()].sort().map((key) => known.get(key)!);
}
