import { toPicture, toScreen, type Extent, type Point } from './camera.ts';
import { drawPicture } from './draw-picture.ts';
import { fillHost } from './host-size.ts';
import type { LinkedCamera } from './linked-camera.ts';
import { NextFrame } from './next-frame.ts';
import { panAndZoom } from './pan-and-zoom.ts';
import { Surface } from './surface.ts';

/** A piece of an outline in picture pixels, and its colour. */
export interface ColouredEdge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly colour: string;
}

/** How a second picture lies over the first. */
export type Overlay =
  | { readonly kind: 'none' }
  /** From this share of the stage's width on, the second is shown. */
  | { readonly kind: 'split'; readonly at: number }
  | { readonly kind: 'onion'; readonly opacity: number };

/** What a pane shows, asked anew for every frame. */
export interface InspectScene {
  readonly first: OffscreenCanvas | null;
  readonly second: OffscreenCanvas | null;
  readonly overlay: Overlay;
  readonly seam: readonly ColouredEdge[];
  readonly line: { readonly from: Point; readonly to: Point } | null;
  /** Where the crosshair stands, picture pixels. */
  readonly at: Point | null;
  /** Whether a press draws a line instead of moving the sight. */
  readonly drawing: boolean;
}

/** What happens in a pane, in picture pixels. */
export interface InspectEvents {
  hover(at: Point | null): void;
  drawn(from: Point, to: Point): void;
}

/** One pane of the inspector: a picture, or two over each other, and above them crosshair, line and seam. */
export class InspectPane {
  readonly #camera: LinkedCamera;
  readonly #scene: () => InspectScene;
  readonly #picture: Surface;
  readonly #marks: Surface;
  readonly #release: (() => void)[];
  readonly #frame: NextFrame;

  constructor(host: HTMLElement, camera: LinkedCamera, scene: () => InspectScene, events: InspectEvents) {
    this.#camera = camera;
    this.#scene = scene;
    this.#picture = new Surface(host, 'picture');
    this.#marks = new Surface(host, 'marks');
    this.#frame = new NextFrame(host, () => this.#draw());
    const place = (at: Point) => toPicture(camera.current, this.#picture.extent, at);
    const pans = ({ button }: PointerEvent) => button === 1 || (button === 0 && !scene().drawing);
    this.#release = [
      fillHost(host, [this.#picture, this.#marks], (viewport) => {
        camera.setViewport(this, viewport);
        this.redraw();
      }),
      camera.onChange(() => this.redraw()),
      panAndZoom(host, camera, (at) => events.hover(at === null ? null : place(at)), { pans, alone: true }),
      drawLine(
        host,
        () => scene().drawing,
        place,
        (from, to) => events.drawn(from, to),
      ),
    ];
  }

  redraw(): void {
    this.#frame.request();
  }

  destroy(): void {
    this.#frame.cancel();
    for (const release of this.#release) release();
    this.#camera.setViewport(this, null);
    this.#picture.element.remove();
    this.#marks.element.remove();
  }

  #draw(): true {
    const scene = this.#scene();
    const size = scene.first ?? scene.second;
    if (size !== null) this.#camera.setPicture(size);
    this.#picture.draw((context) => this.#drawPictures(context, scene));
    this.#marks.draw((context) => {
      if (size !== null) this.#drawMarks(context, scene, size);
    });
    return true;
  }

  #drawPictures(context: CanvasRenderingContext2D, { first, second, overlay }: InspectScene): void {
    const draw = (picture: OffscreenCanvas) =>
      drawPicture(context, picture, this.#camera.current, this.#picture, { x: 0, y: 0 });
    if (first !== null) draw(first);
    if (second === null || overlay.kind === 'none') return;
    const { width, height } = this.#picture.extent;
    if (overlay.kind === 'split') {
      context.beginPath();
      context.rect(overlay.at * width, 0, (1 - overlay.at) * width, height);
      context.clip();
    } else context.globalAlpha = overlay.opacity;
    draw(second);
  }

  #drawMarks(
    context: CanvasRenderingContext2D,
    { at, line, seam }: InspectScene,
    { width, height }: Extent,
  ): void {
    const { scale } = this.#camera.current;
    const screen = (p: Point) => toScreen(this.#camera.current, this.#marks.extent, p);
    drawEdges(context, seam, screen);
    if (line !== null) {
      const [from, to] = [screen(line.from), screen(line.to)];
      const path = new Path2D();
      path.moveTo(from.x, from.y);
      path.lineTo(to.x, to.y);
      for (const end of [from, to]) {
        path.moveTo(end.x + 4, end.y);
        path.arc(end.x, end.y, 4, 0, 2 * Math.PI);
      }
      strokeTwice(context, path);
    }
    if (at === null || at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return;
    const centre = screen({ x: Math.floor(at.x) + 0.5, y: Math.floor(at.y) + 0.5 });
    const half = Math.max(scale / 2, 4);
    const frame = new Path2D();
    frame.rect(centre.x - half, centre.y - half, 2 * half, 2 * half);
    strokeTwice(context, frame);
  }
}

/** Coloured edges on a dark line; each run of one colour is one path, for there may be tens of thousands. */
function drawEdges(
  context: CanvasRenderingContext2D,
  edges: readonly ColouredEdge[],
  screen: (p: Point) => Point,
): void {
  context.lineCap = 'round';
  const add = ({ x1, y1, x2, y2 }: ColouredEdge) => {
    const [from, to] = [screen({ x: x1, y: y1 }), screen({ x: x2, y: y2 })];
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  };
  context.lineWidth = 5;
  context.strokeStyle = 'rgb(0 0 0 / 0.65)';
  context.beginPath();
  edges.forEach(add);
  context.stroke();
  context.lineWidth = 3;
  edges.forEach((edge, i) => {
    if (edge.colour !== edges[i - 1]?.colour) context.beginPath();
    add(edge);
    if (edge.colour === edges[i + 1]?.colour) return;
    context.strokeStyle = edge.colour;
    context.stroke();
  });
}

/** A light line on a dark one, to be seen on any picture. */
function strokeTwice(context: CanvasRenderingContext2D, path: Path2D): void {
  for (const [style, width] of [
    ['rgb(0 0 0 / 0.7)', 3],
    ['rgb(255 255 255 / 0.95)', 1],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke(path);
  }
}

/** A drag with the left button draws a line while `active`. Returns the undoing. */
function drawLine(
  host: HTMLElement,
  active: () => boolean,
  place: (at: Point) => Point,
  drawn: (from: Point, to: Point) => void,
): () => void {
  const end = new AbortController();
  const { signal } = end;
  let from: { readonly at: Point; readonly id: number } | null = null;
  const at = (event: PointerEvent): Point => {
    const box = host.getBoundingClientRect();
    return place({ x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const move = (event: PointerEvent) => {
    if (from?.id === event.pointerId) drawn(from.at, at(event));
  };
  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || !active()) return;
      host.setPointerCapture(event.pointerId);
      from = { at: at(event), id: event.pointerId };
    },
    { signal },
  );
  host.addEventListener('pointermove', move, { signal });
  for (const type of ['pointerup', 'pointercancel'] as const) {
    host.addEventListener(
      type,
      (event) => {
        if (type === 'pointerup') move(event);
        from = null;
      },
      { signal },
    );
  }
  return () => end.abort();
}
