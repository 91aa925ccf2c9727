import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { ProjectEntry } from '../../../src-shared/contract/project-schemas.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import { writeAtomically } from './atomic-write.ts';
import type { Disk } from './disk.ts';
import { projectEnding } from './project-file.ts';

const recentPaths = v.array(v.pipe(v.string(), v.maxLength(4096)));
const keptRecent = 12;

/**
 * The projects that can be opened, by handle: those of the projects' folder, or, where a person saves wherever they
 * like, those that were opened or saved last.
 */
export class ProjectFiles {
  readonly #disk: Disk;
  readonly #dataFolder: string;
  readonly #ids = new Map<string, string>();

  constructor(disk: Disk, dataFolder: string) {
    this.#disk = disk;
    this.#dataFolder = dataFolder;
  }

  /** Where a host without file dialogs keeps its projects. */
  get folder(): string {
    return join(this.#dataFolder, 'projects');
  }

  /** Throws `unknown-handle`. */
  pathOf(projectId: string): string {
    const path = this.#ids.get(projectId);
    if (path === undefined) throw unknownHandle('project', projectId);
    return path;
  }

  entryOf(path: string): ProjectEntry {
    const known = [...this.#ids].find(([, other]) => other === path)?.[0];
    const projectId = known ?? newHandle();
    this.#ids.set(projectId, path);
    return { projectId, name: nameOf(path) };
  }

  /** By name. */
  async inFolder(): Promise<ProjectEntry[]> {
    const names = await this.#disk.list(this.folder).catch(() => []);
    const projects = names.filter((name) => name.endsWith(projectEnding) && !name.startsWith('.'));
    return projects.sort((a, b) => a.localeCompare(b)).map((name) => this.entryOf(join(this.folder, name)));
  }

  /** The latest first; those that are not there any more are left out. */
  async recent(): Promise<ProjectEntry[]> {
    const paths = await this.#recentPaths();
    const sizes = await Promise.all(paths.map((path) => this.#disk.size(path).catch(() => undefined)));
    return paths.filter((_, i) => sizes[i] !== undefined).map((path) => this.entryOf(path));
  }

  /** Remembers a project as the latest. What can't be remembered is no reason for anything to fail. */
  async remember(path: string): Promise<void> {
    try {
      const others = (await this.#recentPaths()).filter((other) => other !== path);
      const bytes = Buffer.from(JSON.stringify([path, ...others].slice(0, keptRecent)));
      await writeAtomically(this.#disk, this.#recentFile, (file) => file.write(bytes));
    } catch {
      // The next one may succeed.
    }
  }

  get #recentFile(): string {
    return join(this.#dataFolder, 'recent-projects.json');
  }

  async #recentPaths(): Promise<string[]> {
    try {
      const text = Buffer.from(await this.#disk.read(this.#recentFile)).toString('utf8');
      return v.parse(recentPaths, JSON.parse(text));
    } catch {
      return [];
    }
  }
}

/** What a project's file is called for people. */
export function nameOf(path: string): string {
  return basename(path, projectEnding);
}
