import type { Transform } from '../../src-shared/model/composition.ts';
import type { Extent } from './camera.ts';
import { History } from './history.ts';
import { MaskRaster } from './mask/mask-raster.ts';
import { isEmpty, nowhere, type Rectangle } from './mask/rectangle.ts';
import { cornersOf, sameTransform, type Corners } from './transform/frame.ts';

/** What changed: which part of the mask (`nowhere` where none of it), or the transform. */
export interface Change {
  readonly mask: Rectangle;
}

/**
 * One layer as its tools see it: the mask on its source, and the source's transform onto the target; every change
 * can be undone. All editors of a composition share its history.
 *
 * A gesture (a stroke, a drag) changes mask or transform in many small steps and is one entry of the history.
 */
export class CloneEditor {
  readonly mask: MaskRaster;
  readonly history: History;
  readonly #listeners = new Set<(change: Change) => void>();
  #transform: Transform;
  #maskVersion = 0;
  #maskState = 0;
  #content: { readonly version: number; readonly box: Rectangle } | null = null;
  #maskStates = 0;
  #gesture: { readonly transform: Transform; paints: boolean } | null = null;

  constructor(source: Extent, transform: Transform, history = new History()) {
    this.mask = new MaskRaster(source);
    this.#transform = transform;
    this.history = history;
  }

  get transform(): Transform {
    return this.#transform;
  }

  /** The box of what is cut out of the source; all of it where the mask is empty. */
  get content(): Rectangle {
    if (this.#content?.version !== this.#maskVersion) {
      const bounds = this.mask.bounds();
      this.#content = { version: this.#maskVersion, box: isEmpty(bounds) ? this.mask.frame : bounds };
    }
    return this.#content.box;
  }

  /** The corners of `content` on the target: what a transform takes hold of. */
  get corners(): Corners {
    return cornersOf(this.#transform, this.mask, this.content);
  }

  /** Names what the mask looks like at this moment, in the middle of a gesture too; undoing brings a name back. */
  get maskState(): string {
    return this.#gesture?.paints === true ? `${this.#maskState}+${this.#maskVersion}` : `${this.#maskState}`;
  }

  get inGesture(): boolean {
    return this.#gesture !== null;
  }

  /** Called after every change. Returns the function that ends the subscription. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(): void {
    this.mask.begin();
    this.#gesture ??= { transform: this.#transform, paints: false };
  }

  /** A step of the gesture: `change` answers with the part of the mask that it touched. */
  paint(change: (mask: MaskRaster) => Rectangle): void {
    if (this.#gesture === null) return;
    const touched = change(this.mask);
    if (isEmpty(touched)) return;
    this.#gesture.paints = true;
    this.#tell(touched);
  }

  /** A step of the gesture: the source lies so on the target now. */
  place(transform: Transform): void {
    if (this.#gesture === null) return;
    this.#transform = transform;
    this.#tell(nowhere);
  }

  /** The gesture is over and goes into the history, if it changed anything. */
  commit(label: string): void {
    const gesture = this.#gesture;
    if (gesture === null) return;
    this.#gesture = null;
    const painted = this.mask.commit();
    const from = { transform: gesture.transform, state: this.#maskState };
    if (painted !== null) this.#maskState = ++this.#maskStates;
    const to = { transform: this.#transform, state: this.#maskState };
    if (painted === null && sameTransform(from.transform, to.transform)) return this.#tell(nowhere);
    const restore = ({ transform, state }: typeof from) => {
      this.#transform = transform;
      this.#maskState = state;
      this.#tell(painted?.exchange() ?? nowhere);
    };
    this.history.add({
      label,
      bytes: painted?.bytes ?? 64,
      undo: () => restore(from),
      redo: () => restore(to),
    });
    this.#tell(nowhere);
  }

  /** The gesture never happened. */
  cancel(): void {
    const gesture = this.#gesture;
    if (gesture === null) return;
    this.#gesture = null;
    this.#transform = gesture.transform;
    this.#tell(this.mask.rollback());
  }

  /** A gesture of one step. */
  edit(label: string, change: (mask: MaskRaster) => Rectangle): void {
    this.begin();
    this.paint(change);
    this.commit(label);
  }

  /** A gesture of one step. */
  put(label: string, transform: Transform): void {
    this.begin();
    this.place(transform);
    this.commit(label);
  }

  /** The mask as it was when it was saved, or as it comes with a layer: no edit, and before any of them. */
  load(data: Uint8Array): void {
    this.mask.write(this.mask.frame, data);
    this.#maskState = ++this.#maskStates;
    this.#tell(this.mask.frame);
  }

  undo(): void {
    this.cancel();
    this.history.undo();
  }

  redo(): void {
    this.cancel();
    this.history.redo();
  }

  #tell(mask: Rectangle): void {
    if (!isEmpty(mask)) this.#maskVersion++;
    for (const listener of this.#listeners) listener({ mask });
  }
}
