import { basename, join } from 'node:path';
import type { ProjectEntry } from '../../../src-shared/contract/project-schemas.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import type { RecentFiles } from '../recents/recent-files.ts';
import type { Disk } from '../../disk/disk.ts';
import { projectEnding } from './project-file.ts';

/**
 * The projects that can be opened, by handle: those of the projects' folder, or, where a person saves wherever they
 * like, those that were opened or saved last.
 */
export class ProjectFiles {
  readonly #disk: Disk;
  readonly #dataFolder: string;
  readonly #recent: RecentFiles;
  readonly #ids = new Map<string, string>();

  constructor(disk: Disk, dataFolder: string, recent: RecentFiles) {
    this.#disk = disk;
    this.#dataFolder = dataFolder;
    this.#recent = recent;
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
    const paths = (await this.#recent.list())
      .filter(({ kind }) => kind === 'project')
      .map(({ path }) => path);
    const sizes = await Promise.all(paths.map((path) => this.#disk.size(path).catch(() => undefined)));
    return paths.filter((_, i) => sizes[i] !== undefined).map((path) => this.entryOf(path));
  }

  /** Remembers a project as the latest. */
  remember(path: string): Promise<void> {
    return this.#recent.add('project', path);
  }
}

/** What a project's file is called for people. */
export function nameOf(path: string): string {
  return basename(path, projectEnding);
}
