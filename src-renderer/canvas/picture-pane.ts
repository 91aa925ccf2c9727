import { toPicture, toScreen, type Extent, type Point } from './camera.ts';
import type { LinkedCamera } from './linked-camera.ts';
import { panAndZoom } from './pan-and-zoom.ts';
import { Surface } from './surface.ts';

/** From so many device pixels a picture pixel on, pixels are shown as squares rather than smoothed. */
const pixelatedFrom = 3;

/** A place on the pictures, shared by all panes: what the probe reads and where the crosshair stands. */
export interface SharedPointer {
  at: Point | null;
  onMove(at: Point | null): void;
}

/**
 * One picture in its host element: a picture layer and above it a layer for what the pointer does. Further layers
 * (a mask) go between them.
 *
 * It draws in animation frames only, and only when something changed.
 */
export class PicturePane {
  readonly #host: HTMLElement;
  readonly #camera: LinkedCamera;
  readonly #pointer: SharedPointer;
  readonly #picture: Surface;
  readonly #overlay: Surface;
  readonly #source: OffscreenCanvas = new OffscreenCanvas(1, 1);
  readonly #release: (() => void)[] = [];
  #size: Extent | null = null;
  #frame = 0;

  constructor(host: HTMLElement, camera: LinkedCamera, pointer: SharedPointer) {
    this.#host = host;
    this.#camera = camera;
    this.#pointer = pointer;
    this.#picture = new Surface(host);
    this.#overlay = new Surface(host);
    this.#watchSize();
    this.#release.push(
      camera.onChange(() => this.redraw()),
      panAndZoom(host, camera, (at) => this.#hover(at)),
    );
  }

  /** Show these pixels, RGBA, [height, width, 4]; null shows nothing. */
  show(pixels: ImageData | null): void {
    this.#size = pixels === null ? null : { width: pixels.width, height: pixels.height };
    if (pixels !== null) {
      this.#source.width = pixels.width;
      this.#source.height = pixels.height;
      this.#source.getContext('2d')?.putImageData(pixels, 0, 0);
      this.#camera.setPicture(pixels);
    }
    this.redraw();
  }

  redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#picture.draw((context) => this.#drawPicture(context));
      this.#overlay.draw((context) => this.#drawCrosshair(context));
    });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    for (const release of this.#release) release();
    this.#camera.setViewport(this, null);
    this.#picture.element.remove();
    this.#overlay.element.remove();
  }

  #hover(at: Point | null): void {
    this.#pointer.onMove(at === null ? null : toPicture(this.#camera.current, this.#picture.extent, at));
  }

  #drawPicture(context: CanvasRenderingContext2D): void {
    if (this.#size === null) return;
    const { scale } = this.#camera.current;
    const ratio = this.#picture.ratio;
    const { x, y } = toScreen(this.#camera.current, this.#picture.extent, { x: 0, y: 0 });
    const snap = (value: number) => Math.round(value * ratio) / ratio;
    context.imageSmoothingEnabled = scale * ratio < pixelatedFrom;
    context.imageSmoothingQuality = 'high';
    const left = snap(x);
    const top = snap(y);
    const right = snap(x + this.#size.width * scale);
    const bottom = snap(y + this.#size.height * scale);
    context.drawImage(this.#source, left, top, right - left, bottom - top);
  }

  #drawCrosshair(context: CanvasRenderingContext2D): void {
    const { at } = this.#pointer;
    const size = this.#size;
    if (at === null || size === null) return;
    if (at.x < 0 || at.y < 0 || at.x >= size.width || at.y >= size.height) return;
    const { scale } = this.#camera.current;
    const centre = toScreen(this.#camera.current, this.#overlay.extent, {
      x: Math.floor(at.x) + 0.5,
      y: Math.floor(at.y) + 0.5,
    });
    const half = Math.max(scale / 2, 4);
    for (const [style, width] of [
      ['rgb(0 0 0 / 0.7)', 3],
      ['rgb(255 255 255 / 0.95)', 1],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.strokeRect(centre.x - half, centre.y - half, 2 * half, 2 * half);
    }
  }

  #watchSize(): void {
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      const ratio = this.#host.ownerDocument.defaultView?.devicePixelRatio ?? 1;
      const device = devicePixels(entry, ratio);
      for (const surface of [this.#picture, this.#overlay]) surface.resize({ width, height }, device);
      this.#camera.setViewport(this, { width, height });
      this.redraw();
    });
    observer.observe(this.#host, { box: 'device-pixel-content-box' });
    this.#release.push(() => observer.disconnect());
  }
}

/** The exact size in device pixels where the browser knows it; an emulated screen reports CSS pixels instead. */
function devicePixels(entry: ResizeObserverEntry, ratio: number): Extent {
  const rounded = {
    width: Math.round(entry.contentRect.width * ratio),
    height: Math.round(entry.contentRect.height * ratio),
  };
  const exact = entry.devicePixelContentBoxSize?.[0];
  if (exact === undefined || Math.abs(exact.inlineSize - rounded.width) > 1) return rounded;
  return { width: exact.inlineSize, height: exact.blockSize };
}
