import type { Recent } from '../../src-shared/contract/recent-schemas.ts';

/** As many as the start page offers. */
export const recentsShown = 6;

/** What was opened or saved lately, the latest first, as the host said last. */
export class Recents {
  all = $state.raw<readonly Recent[]>([]);
  /** Addresses of small pictures, by the handles of their files. */
  thumbnails = $state.raw<Readonly<Record<string, string>>>({});

  get shown(): readonly Recent[] {
    return this.all.slice(0, recentsShown);
  }
}
