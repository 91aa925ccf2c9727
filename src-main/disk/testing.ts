/** For tests: a disk in memory that fails, or dies, at any step, and that can lose power. */
import { dirname } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';

interface Inode {
  data: Buffer;
  /** Bytes at its beginning that a loss of power leaves. */
  synced: number;
}

/** What happens at a step: an error of the system, or the end of the process (no later step does anything). */
export type Fault =
  { readonly step: number; readonly kind: 'crash' } | { readonly step: number; readonly kind: string };

export class Crash extends Error {}

/** Picks whole numbers below a bound; a test seeds it. */
export type Pick = (below: number) => number;

export class MemoryDisk implements Disk {
  readonly #names: Map<string, Inode>;
  /** The names as a loss of power may leave them. */
  readonly #durable: Map<string, Inode>;
  readonly #pick: Pick;
  #crashed = false;
  fault: Fault | null = null;
  /** Calls so far that changed anything, or would have. */
  steps = 0;

  constructor(names = new Map<string, Inode>(), pick: Pick = () => 0) {
    this.#names = names;
    this.#durable = new Map(names);
    this.#pick = pick;
  }

  get paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** The disk as the next process finds it: everything that was done, synced or not. */
  afterKill(): MemoryDisk {
    return new MemoryDisk(
      new Map([...this.#names].map(([path, node]) => [path, copied(node, node.data.length)])),
    );
  }

  /** The disk after power was lost: what was not synced is there in part, or not. */
  afterPowerLoss(): MemoryDisk {
    const names = new Map<string, Inode>();
    for (const path of new Set([...this.#names.keys(), ...this.#durable.keys()])) {
      const [now, before] = [this.#names.get(path), this.#durable.get(path)];
      const node = now !== before && this.#pick(2) === 0 ? before : now;
      if (node === undefined) continue;
      names.set(path, copied(node, node.synced + this.#pick(node.data.length - node.synced + 1)));
    }
    return new MemoryDisk(names);
  }

  /** Changes a file behind everybody's back. */
  damage(path: string, change: (data: Buffer) => Buffer): void {
    const node = this.#names.get(path);
    if (node === undefined) throw new Error(`There is no ${path}.`);
    const data = change(Buffer.from(node.data));
    this.#names.set(path, { data, synced: data.length });
  }

  async read(path: string): Promise<Uint8Array> {
    this.#alive();
    return Buffer.from(this.#node(path).data);
  }

  async size(path: string): Promise<number | undefined> {
    this.#alive();
    return this.#names.get(path)?.data.length;
  }

  async mode(path: string): Promise<number | undefined> {
    this.#alive();
    return this.#names.has(path) ? 0o644 : undefined;
  }

  async resolve(path: string): Promise<string> {
    return path;
  }

  async list(folder: string): Promise<string[]> {
    this.#alive();
    const below = this.paths.filter((path) => path.startsWith(`${folder}/`));
    return [...new Set(below.map((path) => path.slice(folder.length + 1).split('/')[0]!))];
  }

  async makeFolder(): Promise<void> {
    this.#step();
  }

  async create(path: string): Promise<DiskFile> {
    this.#step();
    if (this.#names.has(path)) throw systemError('EEXIST');
    const node = { data: Buffer.alloc(0), synced: 0 };
    this.#names.set(path, node);
    return this.#file(node);
  }

  async append(path: string): Promise<DiskFile> {
    this.#step();
    return this.#file(this.#node(path));
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    const node = this.#node(from);
    this.#names.delete(from);
    this.#names.set(to, node);
  }

  async link(from: string, to: string): Promise<void> {
    this.#step();
    if (this.#names.has(to)) throw systemError('EEXIST');
    this.#names.set(to, this.#node(from));
  }

  async remove(path: string): Promise<void> {
    this.#step();
    for (const name of this.paths) if (name === path || name.startsWith(`${path}/`)) this.#names.delete(name);
  }

  async syncFolder(folder: string): Promise<void> {
    this.#step();
    for (const path of new Set([...this.#names.keys(), ...this.#durable.keys()])) {
      if (dirname(path) !== folder) continue;
      const node = this.#names.get(path);
      if (node === undefined) this.#durable.delete(path);
      else this.#durable.set(path, node);
    }
  }

  #file(node: Inode): DiskFile {
    return {
      write: async (bytes) => {
        const done = this.#step(bytes.length);
        node.data = Buffer.concat([node.data, bytes.subarray(0, done)]);
        if (done < bytes.length) this.#fail();
      },
      sync: async () => {
        this.#step();
        node.synced = node.data.length;
      },
      isAt: async (path) => this.#names.get(path) === node,
      close: async () => void this.#step(),
    };
  }

  #node(path: string): Inode {
    const node = this.#names.get(path);
    if (node === undefined) throw systemError('ENOENT');
    return node;
  }

  #alive(): void {
    if (this.#crashed) throw new Crash(`crashed at step ${this.steps}`);
  }

  /** Counts a step. The one that fails does nothing, but a write does so many of its bytes, which is the answer. */
  #step(bytes = 0): number {
    this.#alive();
    if (this.fault?.step !== this.steps++) return bytes;
    if (bytes > 0) return this.#pick(bytes);
    return this.#fail();
  }

  #fail(): never {
    const kind = this.fault?.kind ?? 'EIO';
    if (kind !== 'crash') throw systemError(kind);
    this.#crashed = true;
    throw new Crash(`crashed at step ${this.steps}`);
  }
}

function copied({ data }: Inode, length: number): Inode {
  return { data: Buffer.from(data.subarray(0, length)), synced: length };
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Numbers below a bound from a seed (mulberry32). */
export function seeded(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
