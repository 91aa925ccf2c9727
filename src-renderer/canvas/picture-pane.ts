import { toPicture, toScreen, type Extent, type Point } from './camera.ts';
import { drawPicture } from './draw-picture.ts';
import { fillHost } from './host-size.ts';
import type { LinkedCamera } from './linked-camera.ts';
import { NextFrame } from './next-frame.ts';
import { panAndZoom } from './pan-and-zoom.ts';
import { Surface } from './surface.ts';

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
  readonly #camera: LinkedCamera;
  readonly #pointer: SharedPointer;
  readonly #picture: Surface;
  readonly #overlay: Surface;
  readonly #source: OffscreenCanvas = new OffscreenCanvas(1, 1);
  readonly #release: (() => void)[] = [];
  #size: Extent | null = null;
  readonly #frame: NextFrame;

  constructor(host: HTMLElement, camera: LinkedCamera, pointer: SharedPointer) {
    this.#camera = camera;
    this.#pointer = pointer;
    this.#picture = new Surface(host, 'picture');
    this.#overlay = new Surface(host, 'marks');
    this.#frame = new NextFrame(host, () => {
      this.#picture.draw((context) => this.#drawPicture(context));
      this.#overlay.draw((context) => this.#drawCrosshair(context));
      return true;
    });
    this.#release.push(
      fillHost(host, [this.#picture, this.#overlay], (viewport) => {
        camera.setViewport(this, viewport);
        this.redraw();
      }),
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
    this.#frame.request();
  }

  destroy(): void {
    this.#frame.cancel();
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
    drawPicture(context, this.#source, this.#camera.current, this.#picture, { x: 0, y: 0 });
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
}
