import type { CloneLayers } from './clone-layers.ts';
import { nowhere, union, type Rectangle } from './mask/rectangle.ts';

/** Where masks have changed since they were last drawn by one pane. */
export class MaskChanges {
  readonly #watched = new Map<CloneLayers, { changed: Rectangle; readonly end: () => void }>();

  /** Watch these masks from now on, and no others. */
  watch(arts: ReadonlySet<CloneLayers>): void {
    for (const [art, { end }] of this.#watched) {
      if (arts.has(art)) continue;
      end();
      this.#watched.delete(art);
    }
    for (const art of arts) {
      if (this.#watched.has(art)) continue;
      const entry = {
        changed: nowhere,
        end: art.editor.onChange(({ mask }) => (entry.changed = union(entry.changed, mask))),
      };
      this.#watched.set(art, entry);
    }
  }

  /** What has changed of a mask since the last `watch` or `drawn`. */
  of(art: CloneLayers): Rectangle {
    return this.#watched.get(art)?.changed ?? nowhere;
  }

  /** Everything is drawn as it is now. */
  drawn(): void {
    for (const entry of this.#watched.values()) entry.changed = nowhere;
  }

  end(): void {
    this.watch(new Set());
  }
}
