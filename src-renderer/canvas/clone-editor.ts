import type { Extent } from './camera.ts';
import { History } from './mask/history.ts';
import { MaskRaster } from './mask/mask-raster.ts';
import { intersection, isEmpty, nowhere, union, type Rectangle } from './mask/rectangle.ts';

/** Where the source's top-left corner lies on the target, whole pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What changed: which part of the mask (`nowhere` where none of it), or the place. */
export interface Change {
  readonly mask: Rectangle;
}

/**
 * What is cloned where: the mask on the source, and the source's place on the target; every change can be undone.
 *
 * A gesture (a stroke, a drag) changes the mask or the place in many small steps and is one entry of the history.
 */
export class CloneEditor {
  readonly mask: MaskRaster;
  readonly history = new History();
  readonly #listeners = new Set<(change: Change) => void>();
  #place: Place;
  #maskVersion = 0;
  #gesture: { readonly mask: Uint8Array; readonly place: Place; dirty: Rectangle } | null = null;

  constructor(source: Extent, place: Place) {
    this.mask = new MaskRaster(source);
    this.#place = place;
  }

  get place(): Place {
    return this.#place;
  }

  /** Counts the changes of the mask, undone ones included. */
  get maskVersion(): number {
    return this.#maskVersion;
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
    this.#gesture ??= { mask: this.mask.data.slice(), place: this.#place, dirty: nowhere };
  }

  /** A step of the gesture: `change` answers with the part of the mask that it touched. */
  paint(change: (mask: MaskRaster) => Rectangle): void {
    if (this.#gesture === null) return;
    const touched = change(this.mask);
    if (isEmpty(touched)) return;
    this.#gesture.dirty = union(this.#gesture.dirty, touched);
    this.#tell(touched);
  }

  moveTo(place: Place): void {
    if (this.#gesture === null) return;
    this.#place = { x: Math.round(place.x), y: Math.round(place.y) };
    this.#tell(nowhere);
  }

  /** The gesture is over and goes into the history, if it changed anything. */
  commit(label: string): void {
    const gesture = this.#gesture;
    if (gesture === null) return;
    this.#gesture = null;
    const { place: placeBefore } = gesture;
    const placeAfter = this.#place;
    const part = intersection(gesture.dirty, this.mask.frame);
    const before = cut(gesture.mask, this.mask.width, part);
    const after = this.mask.read(part);
    const sameMask = before.every((value, i) => value === after[i]);
    if (sameMask && placeBefore.x === placeAfter.x && placeBefore.y === placeAfter.y) return;
    const restore = (bytes: Uint8Array, place: Place) => {
      this.#place = place;
      this.#tell(sameMask ? nowhere : this.mask.write(part, bytes));
    };
    this.history.add({
      label,
      bytes: sameMask ? 64 : before.length + after.length,
      undo: () => restore(before, placeBefore),
      redo: () => restore(after, placeAfter),
    });
    this.#tell(nowhere);
  }

  /** The gesture never happened. */
  cancel(): void {
    const gesture = this.#gesture;
    if (gesture === null) return;
    this.#gesture = null;
    this.#place = gesture.place;
    this.mask.data.set(gesture.mask);
    this.#tell(gesture.dirty);
  }

  /** A gesture of one step. */
  edit(label: string, change: (mask: MaskRaster) => Rectangle): void {
    this.begin();
    this.paint(change);
    this.commit(label);
  }

  put(label: string, place: Place): void {
    this.begin();
    this.moveTo(place);
    this.commit(label);
  }

  undo(): void {
    this.cancel();
    if (this.history.undo()) this.#tell(nowhere);
  }

  redo(): void {
    this.cancel();
    if (this.history.redo()) this.#tell(nowhere);
  }

  #tell(mask: Rectangle): void {
    if (!isEmpty(mask)) this.#maskVersion++;
    for (const listener of this.#listeners) listener({ mask });
  }
}

/** A part of a plane that is `stride` wide. */
function cut(plane: Uint8Array, stride: number, { x, y, width, height }: Rectangle): Uint8Array {
  const bytes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * stride + x;
    bytes.set(plane.subarray(from, from + width), row * width);
  }
  return bytes;
}
