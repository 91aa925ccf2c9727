import type { Transform } from '../../src-shared/model/composition.ts';
import type { Extent } from '../canvas/camera.ts';
import { CloneEditor } from '../canvas/clone-editor.ts';
import { CloneLayers } from '../canvas/clone-layers.ts';
import type { Patch } from '../canvas/clone-drawing.ts';
import type { Placed } from '../canvas/landed.ts';
import { History } from '../canvas/history.ts';
import type { ToolName } from '../canvas/tools/tool.ts';
import type { CompositionSnapshot } from './composition-snapshot.ts';
import { stateOf, type Layer, type LayerSettings, type Opened } from './layer.ts';
import type { Plane } from './picture.ts';
import type { BudgetName, CloneSize } from './training-settings.ts';

export const roles = ['source', 'target'] as const;
export type Role = (typeof roles)[number];

/** What was made of the composition in one of its states. */
export interface Made extends Patch {
  readonly state: string;
  /** Nothing lies on the target in that state: it is shown as it is. */
  readonly isNothing?: boolean;
}

/** What lies on the target: as it is cut out, as the field's exact solution, or as the network has it. */
export const contents = ['paste', 'exact', 'network'] as const;
export type Content = (typeof contents)[number];

/** Pixels along an exact preview's longer side once nothing changes any more. */
export const sizeAtRest = 1024;

/** The pixels of a patch and those of the target that it covers with them, where these are more; else null. */
export function resolutionOf({ picture, size = picture }: Patch): { has: Extent; covers: Extent } | null {
  const isReduced = picture.width < size.width || picture.height < size.height;
  return isReduced ? { has: picture, covers: size } : null;
}

/** What the history exchanges whole; masks and transforms have edits of their own. */
interface Document {
  readonly target: Opened | null;
  /** Bottom to top. */
  readonly layers: readonly Layer[];
  readonly selectedId: string | null;
}

const blank: Document = { target: null, layers: [], selectedId: null };

/** Bytes that one pixel of a photograph costs here: its pixels, a layer's mask and drawings. */
const bytesPerPixel = { target: 4, layer: 9 };

const pixels = ({ picture: { width, height } }: Opened) => width * height;

/**
 * The document: one target, and sources laid on it as layers; every change goes through one history. And how it is
 * shown. Pixels and masks are held by the canvas core.
 */
export class Composition {
  readonly history = new History();
  #document = $state.raw<Document>(blank);
  #saved = $state.raw<number | null>(null);
  #ids = 0;
  /** Counts every change of masks, transforms and history, for whatever is derived from them. */
  version = $state(0);
  /** Counts the documents: another is begun when one is closed or replaced whole. */
  generation = $state(0);
  tool = $state<ToolName>('move');
  budget = $state<BudgetName>('draft');
  seconds = $state(20);
  networkSize = $state<CloneSize>('auto');
  /** The wish; what is not there yet, or not any more, gives way to the next best. */
  content = $state<Content>('exact');
  exact = $state.raw<Made | null>(null);
  network = $state.raw<Made | null>(null);
  /** How much of a finished blend's detail is carried over by now, 0…1; null while none is. */
  carrying = $state.raw<number | null>(null);
  /** Whether a finished blend's own picture, which follows its last preview, is on its way. */
  fetching = $state(false);
  /** The running blend's latest picture, as values. */
  preview = $state.raw<Plane | null>(null);

  constructor() {
    this.history.onChange(() => void this.version++);
  }

  get target(): Opened | null {
    return this.#document.target;
  }

  /** Bottom to top. */
  get layers(): readonly Layer[] {
    return this.#document.layers;
  }

  /** The layer that tools, keys and fields work on. */
  get selected(): Layer | null {
    const { layers, selectedId } = this.#document;
    return layers.find(({ id }) => id === selectedId) ?? null;
  }

  get isOpen(): boolean {
    return this.target !== null || this.layers.length > 0;
  }

  /** The layers that are blended: the visible ones, bottom to top. */
  get blended(): readonly Layer[] {
    return this.layers.filter(({ visible }) => visible);
  }

  get isComplete(): boolean {
    return this.target !== null && this.layers.length > 0;
  }

  /** Names what is blended at this moment, in the middle of a gesture too; undoing brings a name back. */
  get state(): string {
    void this.version;
    return [this.target?.summary.id ?? '', ...this.blended.map(stateOf)].join(' ');
  }

  /** Whether any mask that counts selects anything. */
  get hasMask(): boolean {
    void this.version;
    return this.blended.some(({ art }) => !art.editor.mask.isEmpty);
  }

  /** Whether what is blended at this moment is known to lie beside the target: there is nothing to train on. */
  get liesBeside(): boolean {
    return this.exact?.isNothing === true && this.exact.state === this.state;
  }

  /** Whether the exact solution on show, if one is wished for, is not that of this moment. */
  get wantsSolution(): boolean {
    const { content, exact, network, state, isComplete, blended } = this;
    if (content === 'paste' || !isComplete || blended.length === 0) return false;
    return exact?.state !== state && !(content === 'network' && network?.state === state);
  }

  /** Whether the exact solution on show could be finer, and nobody is about to change it. */
  get wantsDetail(): boolean {
    const { exact, state, layers } = this;
    if (contentShown(this) !== 'exact' || exact === null || exact.state !== state) return false;
    const resolution = resolutionOf(exact);
    if (resolution === null || layers.some(({ art }) => art.editor.inGesture)) return false;
    return Math.max(resolution.has.width, resolution.has.height) < sizeAtRest;
  }

  /** Whether the network on show was made of something else than what is there now. */
  get isStale(): boolean {
    return this.network !== null && this.network.state !== this.state;
  }

  /** What lies on the target, bottom to top, as `contentShown` has it. */
  get onTarget(): readonly (Placed | Patch)[] {
    void this.version;
    const shown = contentShown(this);
    const made = shown === 'exact' ? this.exact : shown === 'network' ? this.network : null;
    if (made !== null) return [made];
    return this.blended.map(({ art }) => ({ art, transform: art.editor.transform }));
  }

  /** Whether closing now would lose edits. */
  get isDirty(): boolean {
    void this.version;
    return this.isOpen && this.#saved !== this.history.state;
  }

  /** What is there now is kept somewhere, or needs no keeping. */
  markSaved(): void {
    this.#saved = this.history.state;
  }

  /** What is there now was kept, but not where the user has it kept. */
  markUnsaved(): void {
    this.#saved = null;
  }

  /** A layer of `source`, in no composition yet: `add` puts it into this one. */
  makeLayer(
    source: Opened,
    pixels: ImageData,
    transform: Transform,
    settings: LayerSettings,
    id = `layer-${++this.#ids}`,
  ): Layer {
    const editor = new CloneEditor(pixels, transform, this.history);
    editor.onChange(() => void this.version++);
    return { id, source, art: new CloneLayers(editor, pixels, source.picture), ...settings };
  }

  /** On top of the others, and selected. */
  add(label: string, layer: Layer): void {
    const { target, layers } = this.#document;
    this.#change(label, { target, layers: [...layers, layer], selectedId: layer.id });
  }

  /** Right above another, and selected. */
  addAbove(label: string, layer: Layer, below: Layer): void {
    const { target, layers } = this.#document;
    const at = layers.indexOf(below) + 1;
    this.#change(label, { target, layers: layers.toSpliced(at, 0, layer), selectedId: layer.id });
  }

  remove(label: string, layer: Layer): void {
    const { target, layers } = this.#document;
    const at = layers.indexOf(layer);
    if (at < 0) return;
    const left = layers.toSpliced(at, 1);
    const selectedId = (left[at] ?? left.at(-1))?.id ?? null;
    this.#change(label, { target, layers: left, selectedId }, bytesPerPixel.layer * pixels(layer.source));
  }

  /** To place `to` from the bottom, as near as there is one. */
  reorder(label: string, layer: Layer, to: number): void {
    const { target, layers } = this.#document;
    const from = layers.indexOf(layer);
    const place = Math.min(Math.max(to, 0), layers.length - 1);
    if (from < 0 || from === place) return;
    const moved = layers.toSpliced(from, 1).toSpliced(place, 0, layer);
    this.#change(label, { target, layers: moved, selectedId: layer.id });
  }

  set(label: string, layer: Layer, settings: Partial<LayerSettings>): void {
    const { target, layers, selectedId } = this.#document;
    const at = layers.indexOf(layer);
    const isNew = (Object.keys(settings) as (keyof LayerSettings)[]).some(
      (key) => layer[key] !== settings[key],
    );
    if (at < 0 || !isNew) return;
    this.#change(label, { target, layers: layers.with(at, { ...layer, ...settings }), selectedId });
  }

  setTarget(label: string, target: Opened): void {
    const { layers, selectedId, target: before } = this.#document;
    this.#change(
      label,
      { target, layers, selectedId },
      before === null ? 0 : bytesPerPixel.target * pixels(before),
    );
  }

  /** No edit: it changes nothing that is blended. */
  select(id: string | null): void {
    this.selected?.art.editor.cancel();
    this.#document = { ...this.#document, selectedId: id };
  }

  undo(): void {
    this.goTo(this.history.position - 1);
  }

  redo(): void {
    this.goTo(this.history.position + 1);
  }

  /** Undo or redo until so many entries of the history are done. A gesture under way never happened. */
  goTo(position: number): void {
    for (const { art } of this.layers) art.editor.cancel();
    this.history.goTo(position);
  }

  /** The whole document, copied. */
  snapshot(): CompositionSnapshot {
    const { target, layers, selectedId } = this.#document;
    return {
      target: target?.summary ?? null,
      layers: layers.map(({ id, name, source, art: { editor }, mode, alpha, visible }) => {
        const { width, height, data } = editor.mask;
        const mask = { width, height, data: data.slice() };
        return { id, name, source: source.summary, mask, transform: editor.transform, mode, alpha, visible };
      }),
      selectedId,
      training: { budget: this.budget, seconds: this.seconds, networkSize: this.networkSize },
    };
  }

  /**
   * Begin anew with a document: nothing to undo, nothing unsaved, nothing made of it yet.
   *
   * @param pixelsOf the pixels of each photograph that the snapshot names, by its id
   * @param open makes a photograph of a summary and its pixels
   */
  restore(
    { target, layers, selectedId, training }: CompositionSnapshot,
    pixelsOf: (imageId: string) => ImageData,
    open: (summary: Opened['summary'], pixels: ImageData) => Opened,
  ): void {
    this.#reset();
    const made = layers.map(({ id, source, mask, transform, name, mode, alpha, visible }) => {
      const pixels = pixelsOf(source.id);
      const settings = { name, mode, alpha, visible };
      const layer = this.makeLayer(open(source, pixels), pixels, transform, settings, id);
      layer.art.editor.load(mask.data);
      return layer;
    });
    const numbers = made.map(({ id }) => Number(/^layer-(\d{1,9})$/.exec(id)?.[1] ?? 0));
    this.#ids = Math.max(this.#ids, ...numbers);
    this.#document = {
      target: target === null ? null : open(target, pixelsOf(target.id)),
      layers: made,
      selectedId: selectedId ?? made.at(-1)?.id ?? null,
    };
    Object.assign(this, training);
    this.markSaved();
  }

  /** Nothing is open, and nothing can be undone. */
  close(): void {
    this.#reset();
    this.markSaved();
  }

  #reset(): void {
    for (const { art } of this.layers) art.destroy();
    this.#document = blank;
    this.generation++;
    this.history.clear();
    Object.assign(this, { exact: null, network: null, preview: null, content: 'exact' });
  }

  #change(label: string, after: Document, bytes = 64): void {
    for (const { art } of this.layers) art.editor.cancel();
    const before = this.#document;
    this.#document = after;
    this.history.add({
      label,
      bytes,
      undo: () => void (this.#document = before),
      redo: () => void (this.#document = after),
    });
  }
}

/**
 * What the target's pane shows, by the wish and by what there is. What the network made of another state gives way
 * to the exact solution, and that to the paste. A stale exact solution may lag behind a drag.
 */
export function contentShown({
  content,
  network,
  exact,
  state,
}: Pick<Composition, 'content' | 'network' | 'exact' | 'state'>): Content {
  if (content === 'network' && network?.state === state) return 'network';
  return content !== 'paste' && exact !== null ? 'exact' : 'paste';
}
