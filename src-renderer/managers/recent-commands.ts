import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { Recent } from '../../src-shared/contract/recent-schemas.ts';
import type { Recents } from '../stores/recents.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import type { Commands } from './commands.ts';
import type { Composing } from './composing.ts';
import type { Projects } from './projects.ts';

interface Parts {
  readonly transport: Transport;
  readonly recents: Recents;
  readonly session: Session;
  readonly commands: Commands;
  readonly composing: Composing;
  readonly projects: Projects;
}

/** Tells the host what the user opened. That it could not note it is no reason for anything to fail. */
export function rememberPhotograph(transport: Transport, { id }: ImageSummary): void {
  void transport.request('recents:add', { imageId: id }).catch(() => undefined);
}

/** What was opened lately: shown, opened again, forgotten. Each rejects with the host's error. */
export class RecentCommands {
  readonly #parts: Parts;
  /** Counts what was asked for: a late answer is not shown over a later one. */
  #asked = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async refresh(): Promise<void> {
    const { transport, recents } = this.#parts;
    const asked = ++this.#asked;
    const all = await transport.request('recents:list', {});
    if (asked !== this.#asked) return;
    recents.all = all;
    const found = await Promise.all(recents.shown.map((recent) => this.#thumbnail(recent)));
    const addresses = Object.fromEntries(found.filter((one) => one !== null));
    const unused = asked === this.#asked ? recents.thumbnails : addresses;
    if (asked === this.#asked) recents.thumbnails = addresses;
    for (const address of Object.values(unused)) URL.revokeObjectURL(address);
  }

  async #thumbnail({ recentId, thumbnailId }: Recent): Promise<[recentId: string, address: string] | null> {
    if (thumbnailId === null) return null;
    try {
      const bytes = await this.#parts.transport.fetchBuffer(thumbnailId);
      return [recentId, URL.createObjectURL(new Blob([bytes], { type: 'image/webp' }))];
    } catch {
      return null;
    }
  }

  /** A photograph goes where photographs go in the workspace: to be reconstructed, or cloned onto. */
  async open(recentId: string): Promise<void> {
    const { transport, session, commands, composing, projects } = this.#parts;
    try {
      const opened = await transport.request('recents:open', { recentId });
      session.workspace = session.workshop;
      if ('project' in opened) await projects.openKnown(opened.project.projectId);
      else if (session.workshop === 'clone') await composing.take('target', opened.image);
      else await commands.take(opened.image);
    } finally {
      await this.refresh().catch(() => undefined);
    }
  }

  async clear(): Promise<void> {
    await this.#parts.transport.request('recents:clear', {});
    await this.refresh();
  }
}
