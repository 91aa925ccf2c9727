import { inverse, mapPoint, toMatrix, type Transform } from '../../src-shared/model/composition.ts';
import { toPicture, toScreen, type Extent, type Point } from './camera.ts';
import type { CloneLayers, OverlayLook } from './clone-layers.ts';
import { Ants, strokeAnts } from './ants.ts';
import { drawPart, drawPicture, drawTransformed, pixelatedFrom } from './draw-picture.ts';
import { around } from './mask/rectangle.ts';
import { levelFor, type MaskView, type SeenPart } from './mask-window.ts';
import { fillHost } from './host-size.ts';
import type { Placed } from './landed.ts';
import type { LinkedCamera } from './linked-camera.ts';
import { panAndZoom } from './pan-and-zoom.ts';
import { Surface } from './surface.ts';
import { toolPointer } from './tools/tool-pointer.ts';
import type { Tool } from './tools/tool.ts';
import { onlyMoves } from './transform/frame.ts';
import { turningHandle } from './transform/handles.ts';
import { MoveTool } from './transform/move-tool.ts';

/** Pixels that lie on the target instead of its own. */
export interface Patch {
  readonly picture: OffscreenCanvas;
  /** Where its top-left corner lies on the target. */
  readonly at: Point;
  /** How much of the target it covers, in the target's pixels; its own size if absent. */
  readonly size?: Extent;
}

/** What a pane shows and what works in it, asked anew for every frame. */
export interface CloneScene {
  /** The picture below: a source, or the target. */
  readonly base: OffscreenCanvas | null;
  /** What lies on it, bottom to top: sources cut out by their masks, or pixels. */
  readonly content: readonly (Placed | Patch)[];
  /** The layer that is worked on, and how it lies in this pane's picture. */
  readonly selected: Placed | null;
  /** null: its mask is not tinted here. */
  readonly overlay: OverlayLook | null;
  readonly edge: EdgeStyle;
  /** Whether its frame is shown, with the handles that a `MoveTool` takes hold of. */
  readonly framed: boolean;
  /** Null where a press moves the sight. */
  readonly tool: Tool | null;
  /** Diameter of the circle under the pointer, in the source's pixels; 0 for none. */
  readonly cursor: number;
}

/** How the mask's edge is drawn: `ants` march, unless the user wants less motion. */
export type EdgeStyle = 'line' | 'ants' | 'none';

/** Half the side of a handle, and the radius of the turning one, CSS pixels. */
const handle = { corner: 4, knob: 5 };

/** One picture of the clone workspace: picture and patches below, mask and pointer above. */
export class ClonePane {
  readonly #host: HTMLElement;
  readonly #camera: LinkedCamera;
  readonly #scene: () => CloneScene;
  readonly #picture: Surface;
  readonly #overlay: Surface;
  readonly #release: (() => void)[];
  readonly #ants: Ants;
  #pointer: Point | null = null;
  #frame = 0;
  #isPictureOld = true;

  constructor(host: HTMLElement, camera: LinkedCamera, scene: () => CloneScene) {
    this.#host = host;
    this.#camera = camera;
    this.#scene = scene;
    this.#picture = new Surface(host);
    this.#overlay = new Surface(host);
    this.#ants = new Ants(host, () => {
      if (scene().edge === 'ants') this.#redrawOverlay();
    });
    const spaceHeld = spaceKey(host);
    const pans = ({ button }: PointerEvent) =>
      button === 1 || (button === 0 && (spaceHeld.value || scene().tool === null));
    this.#release = [
      () => this.#ants.stop(),
      spaceHeld.end,
      fillHost(host, [this.#picture, this.#overlay], (viewport) => {
        camera.setViewport(this, viewport);
        this.redraw();
      }),
      camera.onChange(() => this.redraw()),
      panAndZoom(host, camera, (at) => this.#hover(at), { pans, alone: false }),
      toolPointer(
        host,
        () => scene().tool,
        pans,
        (at) => this.#toolPoint(at),
        () => this.#redrawOverlay(),
      ),
      this.#transformKeys(),
    ];
  }

  redraw(): void {
    this.#isPictureOld = true;
    this.#redrawOverlay();
  }

  /** The pointer moves far more often than the picture changes. */
  #redrawOverlay(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const scene = this.#scene();
      if (scene.base !== null) this.#camera.setPicture(scene.base);
      if (this.#isPictureOld) this.#picture.draw((context) => this.#drawPicture(context, scene));
      this.#isPictureOld = false;
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

  /** From CSS pixels of the host to where the tool wants to be told of: the source, or for a transform the target. */
  #toolPoint(at: Point): Point {
    const p = toPicture(this.#camera.current, this.#picture.extent, at);
    const { tool, selected } = this.#scene();
    if (tool instanceof MoveTool || selected === null) return p;
    return mapPoint(inverse(toMatrix(selected.transform, selected.art.editor.mask)), p);
  }

  #hover(at: Point | null): void {
    this.#pointer = at;
    const { tool } = this.#scene();
    const over = at !== null && tool instanceof MoveTool;
    this.#host.style.cursor = over ? tool.cursorAt(this.#toolPoint(at)) : '';
    this.#redrawOverlay();
  }

  /** Enter ends a transform that is under way as letting go would; a double click takes all of it back. */
  #transformKeys(): () => void {
    const end = new AbortController();
    const document = this.#host.ownerDocument;
    document.addEventListener(
      'keydown',
      ({ key }) => {
        const { tool, selected } = this.#scene();
        const applies = key === 'Enter' && tool instanceof MoveTool;
        if (applies && selected?.art.editor.inGesture === true) tool.up();
      },
      { signal: end.signal },
    );
    this.#host.addEventListener(
      'dblclick',
      (event) => {
        const { tool } = this.#scene();
        if (!(tool instanceof MoveTool)) return;
        const box = this.#host.getBoundingClientRect();
        tool.reset(this.#toolPoint({ x: event.clientX - box.left, y: event.clientY - box.top }));
      },
      { signal: end.signal },
    );
    return () => end.abort();
  }

  #drawPicture(context: CanvasRenderingContext2D, { base, content, selected, overlay }: CloneScene): void {
    if (base === null) return;
    drawPicture(context, base, this.#camera.current, this.#picture, { x: 0, y: 0 });
    this.#clipTo(context, base);
    for (const part of content) {
      if ('art' in part) this.#drawPlaced(context, part, part.art.cutOut(this.#view(part)));
      else this.#drawPatch(context, part);
    }
    if (overlay !== null && selected !== null) {
      this.#drawPlaced(context, selected, selected.art.tint(overlay, this.#view(selected)));
    }
  }

  #drawPlaced(context: CanvasRenderingContext2D, { art, transform }: Placed, seen: SeenPart | null): void {
    if (seen === null) return;
    const draw = onlyMoves(transform) ? drawPart : drawTransformed;
    draw(context, seen, art.source, this.#camera.current, this.#picture, transform);
  }

  /** The part of a source's mask that is in sight, as fine as the screen shows it. */
  #view({ art, transform }: Placed): MaskView {
    const { width, height } = this.#overlay.extent;
    const toMask = this.#onScreen(art, transform).inverse();
    const corners = [0, width].flatMap((x) => [0, height].map((y) => toMask.transformPoint({ x, y })));
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const part = around(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
    return { level: levelFor(this.#camera.current.scale * transform.scale * this.#overlay.ratio), part };
  }

  #drawPatch(context: CanvasRenderingContext2D, { picture, at, size }: Patch): void {
    drawPicture(context, picture, this.#camera.current, this.#picture, at, size);
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
    { selected, edge, framed, tool, cursor }: CloneScene,
  ): void {
    if (selected === null) return;
    const { art, transform } = selected;
    const matrix = this.#onScreen(art, transform);
    if (framed) this.#drawFrame(context, selected, tool instanceof MoveTool);
    if (edge !== 'none') this.#drawEdge(context, selected, edge);
    if (framed && tool instanceof MoveTool && tool.hovered !== null) this.#drawHovered(context, tool.hovered);
    if (tool !== null && tool.outline.length > 1) {
      const drawn = new Path2D();
      for (const p of tool.outline) {
        const { x, y } = matrix.transformPoint(p);
        drawn.lineTo(x, y);
      }
      drawn.closePath();
      stroke(context, drawn, 1);
    }
    if (cursor > 0 && this.#pointer !== null) {
      const circle = new Path2D();
      const radius = (cursor * transform.scale * this.#camera.current.scale) / 2;
      circle.arc(this.#pointer.x, this.#pointer.y, Math.max(radius, 1), 0, 2 * Math.PI);
      stroke(context, circle, 1);
    }
  }

  #drawEdge(context: CanvasRenderingContext2D, placed: Placed, style: 'line' | 'ants'): void {
    this.#alongEdge(context, placed, (path, matrix, pixel) => {
      if (style === 'line') stroke(context, path, 0.9, pixel);
      else strokeAnts(context, path, matrix, this.#ants.phase);
    });
  }

  /** What a click would select. */
  #drawHovered(context: CanvasRenderingContext2D, placed: Placed): void {
    this.#alongEdge(context, placed, (path, _, pixel) => {
      stroke(context, path, 1, 1.6 * pixel);
      context.strokeStyle = getComputedStyle(this.#host).getPropertyValue('--accent');
      context.lineWidth = 2 * pixel;
      context.stroke(path);
    });
  }

  /** @param draw told how long a CSS pixel is in the path's units */
  #alongEdge(
    context: CanvasRenderingContext2D,
    placed: Placed,
    draw: (path: Path2D, matrix: DOMMatrix, pixel: number) => void,
  ): void {
    const { art, transform } = placed;
    const matrix = this.#onScreen(art, transform);
    const scale = this.#camera.current.scale * transform.scale;
    const squares = scale * this.#overlay.ratio >= pixelatedFrom;
    const { level, part } = this.#view(placed);
    const path = art.edge.path({ level, squares }, part);
    context.save();
    context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    context.lineCap = squares ? 'square' : 'round';
    draw(path, matrix, 1 / scale);
    context.restore();
  }

  #drawFrame(context: CanvasRenderingContext2D, { art }: Placed, handles: boolean): void {
    const places = art.editor.corners;
    const corners = places.map((p) => this.#at(p));
    const frame = new Path2D();
    for (const { x, y } of corners) frame.lineTo(x, y);
    frame.closePath();
    context.setLineDash([4, 4]);
    stroke(context, frame, 0.55);
    context.setLineDash([]);
    if (!handles) return;
    const { foot, knob } = turningHandle(places, 1 / this.#camera.current.scale);
    const [from, to] = [this.#at(foot), this.#at(knob)];
    const stick = new Path2D();
    stick.moveTo(from.x, from.y);
    stick.lineTo(to.x, to.y);
    stroke(context, stick, 0.8);
    const shapes = new Path2D();
    for (const { x, y } of corners) {
      shapes.rect(x - handle.corner, y - handle.corner, 2 * handle.corner, 2 * handle.corner);
    }
    shapes.moveTo(to.x + handle.knob, to.y);
    shapes.arc(to.x, to.y, handle.knob, 0, 2 * Math.PI);
    context.fillStyle = 'white';
    context.fill(shapes);
    context.strokeStyle = 'rgb(0 0 0 / 0.75)';
    context.lineWidth = 1;
    context.stroke(shapes);
  }

  /** From the source's pixels to CSS pixels. */
  #onScreen(art: CloneLayers, transform: Transform): DOMMatrix {
    const { a, b, c, d, e, f } = toMatrix(transform, art.source);
    const { scale } = this.#camera.current;
    const { x, y } = this.#at({ x: e, y: f });
    return new DOMMatrix([scale * a, scale * b, scale * c, scale * d, x, y]);
  }

  #at(p: Point): Point {
    return toScreen(this.#camera.current, this.#overlay.extent, p);
  }
}

/** A light line on a dark one, to be seen on any picture. `pixel` is a CSS pixel in the path's units. */
function stroke(context: CanvasRenderingContext2D, path: Path2D, opacity: number, pixel = 1): void {
  context.strokeStyle = `rgb(0 0 0 / ${0.6 * opacity})`;
  context.lineWidth = 3 * pixel;
  context.stroke(path);
  context.strokeStyle = `rgb(255 255 255 / ${opacity})`;
  context.lineWidth = 1.25 * pixel;
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
