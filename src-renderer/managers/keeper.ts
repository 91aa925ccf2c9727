import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { OpenDocument } from '../../src-shared/contract/project-schemas.ts';
import type { CloneEditor } from '../canvas/clone-editor.ts';
import { intersection, isEmpty, nowhere, union, type Rectangle } from '../canvas/mask/rectangle.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Job } from '../stores/job.ts';
import type { Project } from '../stores/project.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { maskPng } from '../workers/mask-png.ts';
import { thumbnailOf } from './thumbnail.ts';

/** The host is told of a change after so long, and of one that it could not keep again after `retry`; ms. */
const delays = { tell: 700, retry: 3000, thumbnail: 10_000 };

const nothingOpen = { reconstruction: null, composition: null };

/** What the host has not been told of a layer's mask yet. */
interface Tracked {
  dirty: Rectangle;
  readonly end: () => void;
}

/** A part of a mask, cut out at the moment of a record. */
interface Patch extends Rectangle {
  readonly layerId: string;
  readonly editor: CloneEditor;
  readonly data: Uint8Array;
}

/** Tells the host what changes, as it changes, so that nothing is lost, whatever ends this page or the host. */
export class Keeper {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #composition: Composition;
  readonly #project: Project;
  readonly #report: (error: unknown) => void;
  readonly #tracked = new Map<CloneEditor, Tracked>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #telling: Promise<void> = Promise.resolve();
  #thumbnailAt = -Infinity;
  /** A small picture that the next telling takes along. */
  #thumbnail: string | undefined;
  /** The last failure that the user was told of. */
  #failure = '';
  /** Counts what `changed` was told of. */
  #changes = 0;
  /** What is open now, and what the host calls it; null as long as it has not said. */
  #work: { id: string | null } = { id: null };

  constructor(
    transport: Transport,
    session: Session,
    composition: Composition,
    project: Project,
    report: (error: unknown) => void,
  ) {
    this.#transport = transport;
    this.#session = session;
    this.#composition = composition;
    this.#project = project;
    this.#report = report;
  }

  /** Something may have changed: tell the host soon. */
  changed(delay = delays.tell): void {
    if (this.#project.workId === null && this.#isEmpty()) return;
    this.#project.isPending = true;
    this.#changes++;
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), delay);
  }

  /** Resolves once the host keeps everything as it is now. Rejects with why it can't. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#tell());
  }

  /** What is open now is another work than what was; everything of it is yet to be told. */
  begin(workId: string | null): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { end } of this.#tracked.values()) end();
    this.#tracked.clear();
    this.#thumbnailAt = -Infinity;
    this.#thumbnail = undefined;
    this.#work = { id: workId };
    Object.assign(this.#project, { workId, isPending: false });
  }

  /** What was open has been closed: the host forgets it, once it has heard what is on its way to it. */
  async leave(): Promise<void> {
    const left = this.#work;
    this.begin(null);
    await this.#inTurn(async () => {
      if (left.id === null) return;
      const document = { workspace: 'clone', pictures: 'embedded', ...nothingOpen } as const;
      await this.#transport.request('projects:record', { workId: left.id, document, patches: [] });
    });
  }

  /** The host is told nothing before this is over. */
  async after(deed: () => Promise<void>): Promise<void> {
    await this.#inTurn(deed);
  }

  /** One after the other: what the host hears last is how it is. */
  #inTurn(deed: () => Promise<void>): Promise<void> {
    const telling = this.#telling.then(deed);
    this.#telling = telling.catch(() => undefined);
    return telling;
  }

  #isEmpty(): boolean {
    return this.#session.image === null && !this.#composition.isOpen;
  }

  async #tell(): Promise<void> {
    const project = this.#project;
    const work = this.#work;
    if (work.id === null && this.#isEmpty()) return;
    const document = this.#document();
    const patches = this.#takePatches();
    const changes = this.#changes;
    const thumbnailId = this.#thumbnail;
    this.#thumbnail = undefined;
    try {
      const uploaded = await Promise.all(
        patches.map(async ({ layerId, x, y, data, ...size }) => {
          const partId = await this.#transport.uploadPart(await maskPng(data, size));
          return { layerId, partId, x, y };
        }),
      );
      const answer = await this.#transport.request('projects:record', {
        workId: work.id,
        document,
        patches: uploaded,
        ...(thumbnailId !== undefined && { thumbnailId }),
      });
      work.id = answer.workId;
      // In the meantime another work may have been opened.
      if (this.#work !== work) return;
      project.workId = answer.workId;
      project.isSaved = answer.isSaved;
      this.#failure = '';
      if (changes === this.#changes) project.isPending = false;
      // Work is worth keeping without its picture.
      void this.#depict().catch(() => undefined);
    } catch (error) {
      // It is begun, though not all of it is kept yet.
      if (error instanceof SeamfieldError) work.id ??= idIn(error.details);
      if (this.#work !== work) return;
      project.workId = work.id;
      for (const { editor, x, y, width, height } of patches) this.#mark(editor, { x, y, width, height });
      const told = error instanceof Error ? error.message : String(error);
      if (told !== this.#failure) this.#report(error);
      this.#failure = told;
      this.changed(delays.retry);
      throw error;
    }
  }

  #document(): OpenDocument {
    const { image, second, alpha, settings, reconstruction, blend, workshop } = this.#session;
    const composition = this.#composition;
    const resultOf = (job: Job | null) => (job?.state === 'finished' ? job.jobId : null);
    return {
      workspace: workshop,
      pictures: this.#project.pictures,
      reconstruction: image && {
        picture: image.id,
        settings: JSON.stringify(settings),
        result: resultOf(reconstruction),
        ...(second !== null && { fuse: { second: second.id, alpha } }),
      },
      composition: composition.isOpen
        ? {
            target: composition.target?.summary.id ?? null,
            layers: composition.layers.map(({ id, name, source, art, mode, alpha, visible }) => {
              const { transform } = art.editor;
              return {
                id,
                name: name.slice(0, 255),
                source: source.summary.id,
                transform,
                mode,
                alpha,
                visible,
              };
            }),
            selectedId: composition.selected?.id ?? null,
            settings: JSON.stringify({
              budget: composition.budget,
              seconds: composition.seconds,
              networkSize: composition.networkSize,
            }),
            result: resultOf(blend),
            isResultCurrent: composition.network !== null && !composition.isStale,
          }
        : null,
    };
  }

  /** What has been painted since the last time, copied at this moment. */
  #takePatches(): Patch[] {
    const { layers } = this.#composition;
    const present = new Set(layers.map(({ art }) => art.editor));
    for (const [editor, { end }] of this.#tracked) {
      if (present.has(editor)) continue;
      // The host drops its mask too; should it come back by an undo, it is told anew.
      end();
      this.#tracked.delete(editor);
    }
    return layers.flatMap(({ id, art: { editor } }) => {
      const { mask } = editor;
      const tracked = this.#track(editor);
      const part = intersection(tracked.dirty, mask.frame);
      tracked.dirty = nowhere;
      if (isEmpty(part)) return [];
      return [{ layerId: id, editor, ...part, data: mask.read(part) }];
    });
  }

  #track(editor: CloneEditor): Tracked {
    const known = this.#tracked.get(editor);
    if (known !== undefined) return known;
    const end = editor.onChange(({ mask }) => this.#mark(editor, mask));
    // To the host a mask that it has not been told of is empty.
    const tracked = { dirty: editor.mask.bounds(), end };
    this.#tracked.set(editor, tracked);
    return tracked;
  }

  #mark(editor: CloneEditor, part: Rectangle): void {
    const tracked = this.#tracked.get(editor);
    if (tracked !== undefined && !isEmpty(part)) tracked.dirty = union(tracked.dirty, part);
  }

  /** A new small picture, now and then, on its way while nobody waits for it. */
  async #depict(): Promise<void> {
    const now = performance.now();
    if (now - this.#thumbnailAt < delays.thumbnail) return;
    this.#thumbnailAt = now;
    const work = this.#work;
    const picture = await thumbnailOf(this.#composition);
    if (picture === null) return;
    const partId = await this.#transport.uploadPart(picture);
    if (this.#work !== work) return;
    this.#thumbnail = partId;
    await this.#inTurn(() => this.#tell());
  }
}

/** The work that a failed record's error names. */
function idIn({ workId }: SeamfieldError['details']): string | null {
  return typeof workId === 'string' ? workId : null;
}
