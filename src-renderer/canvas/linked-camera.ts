import {
  fit,
  keepInSight,
  resample,
  zoomAt,
  zoomTo,
  pan,
  type Camera,
  type Extent,
  type Point,
} from './camera.ts';

const margin = 16;

/**
 * One camera for all panes, so that they show the same place of their pictures at every moment.
 *
 * While nobody has zoomed or panned it stays fitted, also when panes or pictures change size. Panes report their
 * viewport; the smallest decides what fits.
 */
export class LinkedCamera {
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #picture: Extent | null = null;
  #fitted = true;
  readonly #viewports = new Map<object, Extent>();
  readonly #listeners = new Set<() => void>();

  get current(): Camera {
    return this.#camera;
  }

  get fitted(): boolean {
    return this.#fitted;
  }

  /** Called after every change. Returns the function that ends the subscription. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The size in pixels of the pictures shown; all panes show pictures of one size. */
  setPicture(picture: Extent): void {
    const before = this.#picture;
    if (before?.width === picture.width && before.height === picture.height) return;
    this.#picture = { width: picture.width, height: picture.height };
    if (this.#fitted || before === null) this.fit();
    else this.#move(resample(this.#camera, before, picture));
  }

  setViewport(pane: object, viewport: Extent | null): void {
    if (viewport === null) this.#viewports.delete(pane);
    else this.#viewports.set(pane, viewport);
    if (this.#fitted) this.fit();
  }

  fit(): void {
    const viewport = this.#smallestViewport();
    this.#fitted = true;
    if (this.#picture !== null && viewport !== null) this.#camera = fit(this.#picture, viewport, margin);
    this.#tell();
  }

  /** `scale` CSS pixels a picture pixel, about the centre. */
  zoomTo(scale: number): void {
    this.#fitted = false;
    this.#move(zoomTo(this.#camera, scale));
  }

  zoomBy(factor: number): void {
    this.zoomTo(this.#camera.scale * factor);
  }

  zoomAt(viewport: Extent, at: Point, factor: number): void {
    this.#fitted = false;
    this.#move(zoomAt(this.#camera, viewport, at, factor));
  }

  pan(dx: number, dy: number): void {
    this.#fitted = false;
    this.#move(pan(this.#camera, dx, dy));
  }

  #move(camera: Camera): void {
    this.#camera = this.#picture === null ? camera : keepInSight(camera, this.#picture);
    this.#tell();
  }

  #smallestViewport(): Extent | null {
    const all = [...this.#viewports.values()];
    if (all.length === 0) return null;
    return {
      width: Math.min(...all.map((viewport) => viewport.width)),
      height: Math.min(...all.map((viewport) => viewport.height)),
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
