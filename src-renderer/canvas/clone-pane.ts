import { toPicture, toScreen, type Point } from './camera.ts';
import type { Place } from './clone-editor.ts';
import type { CloneLayers, OverlayLook } from './clone-layers.ts';
import { drawPicture } from './draw-picture.ts';
import { fillHost } from './host-size.ts';
import type { LinkedCamera } from './linked-camera.ts';
import { panAndZoom } from './pan-and-zoom.ts';
import { Surface } from './surface.ts';
import { toolPointer } from './tools/tool-pointer.ts';
import type { Tool } from './tools/tool.ts';

/** Pixels that lie on the target instead of its own. */
export interface Patch {
  readonly picture: OffscreenCanvas;
  readonly at: Place;
}

/** What a pane shows and what works in it, asked anew for every frame. */
export interface CloneScene {
  /** The picture below: the source, or the target. */
  readonly base: OffscreenCanvas | null;
  readonly layers: CloneLayers | null;
  /** Where the source's corner lies in this pane's picture. */
  readonly place: Place;
  /** `paste`: the naive paste; `plain`: nothing; otherwise these pixels. */
  readonly content: 'paste' | 'plain' | Patch;
  /** null: the mask is not tinted here. */
  readonly overlay: OverlayLook | null;
  readonly outlined: boolean;
  /** Whether the source's frame is shown. */
  readonly framed: boolean;
  /** Null where a press moves the sight. */
  readonly tool: Tool | null;
  /** Diameter of the circle under the pointer, in picture pixels; 0 for none. */
  readonly cursor: number;
}

/** One picture of the clone workspace: picture and patch below, mask and pointer above. */
export class ClonePane {
  readonly #camera: LinkedCamera;
  readonly #scene: () => CloneScene;
  readonly #picture: Surface;
  readonly #overlay: Surface;
  readonly #release: (() => void)[];
  #pointer: Point | null = null;
  #frame = 0;

  constructor(host: HTMLElement, camera: LinkedCamera, scene: () => CloneScene) {
    this.#camera = camera;
    this.#scene = scene;
    this.#picture = new Surface(host);
    this.#overlay = new Surface(host);
    const spaceHeld = spaceKey(host);
    const pans = ({ button }: PointerEvent) =>
      button === 1 || (button === 0 && (spaceHeld.value || scene().tool === null));
    const toSource = (at: Point): Point => {
      const p = toPicture(camera.current, this.#picture.extent, at);
      const { x, y } = scene().place;
      return { x: p.x - x, y: p.y - y };
    };
    this.#release = [
      spaceHeld.end,
      fillHost(host, [this.#picture, this.#overlay], (viewport) => {
        camera.setViewport(this, viewport);
        this.redraw();
      }),
      camera.onChange(() => this.redraw()),
      panAndZoom(host, camera, (at) => this.#hover(at), { pans, alone: false }),
      toolPointer(
        host,
        (event) => (pans(event) ? null : scene().tool),
        toSource,
        () => this.redraw(),
      ),
    ];
  }

  redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const scene = this.#scene();
      if (scene.base !== null) this.#camera.setPicture(scene.base);
      this.#picture.draw((context) => this.#drawPicture(context, scene));
      this.#overlay.draw((context) => this.#drawOverlay(context, scene));
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
    this.#pointer = at;
    this.redraw();
  }

  #drawPicture(
    context: CanvasRenderingContext2D,
    { base, content, layers, place, overlay }: CloneScene,
  ): void {
    if (base === null) return;
    const draw = (picture: OffscreenCanvas, at: Place) =>
      drawPicture(context, picture, this.#camera.current, this.#picture, at);
    draw(base, { x: 0, y: 0 });
    this.#clipTo(context, base);
    if (content === 'paste' && layers !== null) draw(layers.paste(), place);
    else if (typeof content === 'object') draw(content.picture, content.at);
    if (overlay !== null && layers !== null) draw(layers.tint(overlay), place);
  }

  /** Nothing is shown where the picture has no pixel. */
  #clipTo(context: CanvasRenderingContext2D, { width, height }: OffscreenCanvas): void {
    const { scale } = this.#camera.current;
    const { x, y } = this.#at({ x: 0, y: 0 });
    context.beginPath();
    context.rect(x, y, width * scale, height * scale);
    context.clip();
  }

  #drawOverlay(
    context: CanvasRenderingContext2D,
    { layers, place, outlined, framed, tool, cursor }: CloneScene,
  ): void {
    if (layers === null) return;
    const { scale } = this.#camera.current;
    const origin = this.#at(place);
    const path = new Path2D();
    const matrix = new DOMMatrix([scale, 0, 0, scale, origin.x, origin.y]);
    if (framed) {
      const frame = new Path2D();
      frame.rect(0, 0, layers.source.width, layers.source.height);
      path.addPath(frame, matrix);
      context.setLineDash([4, 4]);
      stroke(context, path, 0.55);
      context.setLineDash([]);
    }
    if (outlined) {
      const outline = new Path2D();
      outline.addPath(layers.outline(), matrix);
      stroke(context, outline, 0.9);
    }
    if (tool !== null && tool.outline.length > 1) {
      const drawn = new Path2D();
      for (const p of tool.outline) drawn.lineTo(origin.x + p.x * scale, origin.y + p.y * scale);
      drawn.closePath();
      stroke(context, drawn, 1);
    }
    if (cursor > 0 && this.#pointer !== null) {
      const circle = new Path2D();
      circle.arc(this.#pointer.x, this.#pointer.y, Math.max((cursor * scale) / 2, 1), 0, 2 * Math.PI);
      stroke(context, circle, 1);
    }
  }

  #at(p: Point): Point {
    return toScreen(this.#camera.current, this.#overlay.extent, p);
  }
}

/** A light line on a dark one, to be seen on any picture. */
function stroke(context: CanvasRenderingContext2D, path: Path2D, opacity: number): void {
  context.strokeStyle = `rgb(0 0 0 / ${0.6 * opacity})`;
  context.lineWidth = 3;
  context.stroke(path);
  context.strokeStyle = `rgb(255 255 255 / ${opacity})`;
  context.lineWidth = 1.25;
  context.stroke(path);
}

/** Whether the space bar is held, which lends any tool's press to the sight. */
function spaceKey(host: HTMLElement): { readonly value: boolean; readonly end: () => void } {
  const end = new AbortController();
  const window = host.ownerDocument.defaultView ?? globalThis.window;
  let held = false;
  const watch = (event: KeyboardEvent) => {
    if (event.code !== 'Space') return;
    held = event.type === 'keydown';
    host.classList.toggle('panning', held);
    // On a pane the space bar would scroll; on a button it must still press it.
    if (event.target === host) event.preventDefault();
  };
  window.addEventListener('keydown', watch, { signal: end.signal });
  window.addEventListener('keyup', watch, { signal: end.signal });
  return {
    get value() {
      return held;
    },
    end: () => end.abort(),
  };
}
