import type { Extent, Point } from './camera.ts';
import { strokeAnts } from './ants.ts';
import type { OverlayLook } from './clone-layers.ts';
import type { CloneSight } from './clone-sight.ts';
import { drawPart, drawPicture, drawTransformed, pixelatedFrom } from './draw-picture.ts';
import type { Placed } from './landed.ts';
import type { Rectangle } from './mask/rectangle.ts';
import type { SeenPart } from './mask-window.ts';
import { onlyMoves } from './transform/frame.ts';
import { turningHandle } from './transform/handles.ts';

/** Pixels that lie on the target instead of its own. */
export interface Patch {
  readonly picture: OffscreenCanvas;
  /** Where its top-left corner lies on the target. */
  readonly at: Point;
  /** How much of the target it covers, in the target's pixels; its own size if absent. */
  readonly size?: Extent;
}

/** How the mask's edge is drawn: `ants` march, unless the user wants less motion. */
export type EdgeStyle = 'line' | 'ants' | 'none';

/** Half the side of a handle, and the radius of the turning one, CSS pixels. */
const handle = { corner: 4, knob: 5 };

/** What lies on a picture, in a part of the pane: sources cut out by their masks, or pixels. Nothing beyond the picture. */
export function drawContent(
  context: CanvasRenderingContext2D,
  sight: CloneSight,
  base: Extent,
  content: readonly (Placed | Patch)[],
  box: Rectangle,
): void {
  clipTo(context, sight, base);
  for (const part of content) {
    if ('art' in part) drawSeen(context, sight, part, part.art.cutOut(sight.viewOf(part, box)));
    else drawPicture(context, part.picture, sight.camera, sight.surface, part.at, part.size);
  }
}

/** A mask in its colour, in a part of the pane. */
export function drawTint(
  context: CanvasRenderingContext2D,
  sight: CloneSight,
  base: Extent,
  placed: Placed,
  look: OverlayLook,
  box: Rectangle,
): void {
  clipTo(context, sight, base);
  drawSeen(context, sight, placed, placed.art.tint(look, sight.viewOf(placed, box)));
}

/** The edge of a mask, in a part of the pane. */
export function drawEdge(
  context: CanvasRenderingContext2D,
  sight: CloneSight,
  placed: Placed,
  { style, phase }: { readonly style: EdgeStyle; readonly phase: number },
  box: Rectangle,
): void {
  if (style === 'none') return;
  alongEdge(context, sight, placed, box, (path, matrix, pixel) => {
    if (style === 'line') strokeTwice(context, path, 0.9, pixel);
    else strokeAnts(context, path, matrix, phase);
  });
}

/** What a click would select. */
export function drawHovered(
  context: CanvasRenderingContext2D,
  sight: CloneSight,
  placed: Placed,
  accent: string,
): void {
  alongEdge(context, sight, placed, sight.surface.frame, (path, _, pixel) => {
    strokeTwice(context, path, 1, 1.6 * pixel);
    context.strokeStyle = accent;
    context.lineWidth = 2 * pixel;
    context.stroke(path);
  });
}

/** The frame around what is cut out of a source, and what a transform takes hold of. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  sight: CloneSight,
  { art }: Placed,
  handles: boolean,
): void {
  const places = art.editor.corners;
  const corners = places.map((p) => sight.at(p));
  const frame = new Path2D();
  for (const { x, y } of corners) frame.lineTo(x, y);
  frame.closePath();
  context.setLineDash([4, 4]);
  strokeTwice(context, frame, 0.55);
  context.setLineDash([]);
  if (!handles) return;
  const { foot, knob } = turningHandle(places, 1 / sight.camera.scale);
  const [from, to] = [sight.at(foot), sight.at(knob)];
  const stick = new Path2D();
  stick.moveTo(from.x, from.y);
  stick.lineTo(to.x, to.y);
  strokeTwice(context, stick, 0.8);
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

/** What a tool has drawn so far, in a source's pixels. */
export function drawOutline(
  context: CanvasRenderingContext2D,
  matrix: DOMMatrix,
  outline: readonly Point[],
): void {
  if (outline.length < 2) return;
  const drawn = new Path2D();
  for (const p of outline) {
    const { x, y } = matrix.transformPoint(p);
    drawn.lineTo(x, y);
  }
  drawn.closePath();
  strokeTwice(context, drawn, 1);
}

/** The brush under the pointer. */
export function drawCircle(context: CanvasRenderingContext2D, { x, y }: Point, radius: number): void {
  const circle = new Path2D();
  circle.arc(x, y, Math.max(radius, 1), 0, 2 * Math.PI);
  strokeTwice(context, circle, 1);
}

function drawSeen(
  context: CanvasRenderingContext2D,
  { camera, surface }: CloneSight,
  { art, transform }: Placed,
  seen: SeenPart | null,
): void {
  if (seen === null) return;
  const draw = onlyMoves(transform) ? drawPart : drawTransformed;
  draw(context, seen, art.source, camera, surface, transform);
}

/** Nothing is shown where the picture has no pixel. */
function clipTo(context: CanvasRenderingContext2D, sight: CloneSight, { width, height }: Extent): void {
  const { scale } = sight.camera;
  const { x, y } = sight.at({ x: 0, y: 0 });
  context.beginPath();
  const least = 1 / sight.surface.ratio;
  context.rect(x, y, Math.max(width * scale, least), Math.max(height * scale, least));
  context.clip();
}

/** @param draw told how long a CSS pixel is in the path's units */
function alongEdge(
  context: CanvasRenderingContext2D,
  sight: CloneSight,
  placed: Placed,
  box: Rectangle,
  draw: (path: Path2D, matrix: DOMMatrix, pixel: number) => void,
): void {
  const matrix = sight.matrixOf(placed);
  const scale = sight.scaleOf(placed);
  const squares = scale * sight.surface.ratio >= pixelatedFrom;
  // A line that runs just beyond the part shows in it by half its width.
  const seen = { x: box.x - 3, y: box.y - 3, width: box.width + 6, height: box.height + 6 };
  const { level, part } = sight.viewOf(placed, seen);
  const path = placed.art.edge.path({ level, squares }, part);
  context.save();
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  context.lineCap = squares ? 'square' : 'round';
  draw(path, matrix, 1 / scale);
  context.restore();
}

/** A light line on a dark one, to be seen on any picture. `pixel` is a CSS pixel in the path's units. */
function strokeTwice(context: CanvasRenderingContext2D, path: Path2D, opacity: number, pixel = 1): void {
  context.strokeStyle = `rgb(0 0 0 / ${0.6 * opacity})`;
  context.lineWidth = 3 * pixel;
  context.stroke(path);
  context.strokeStyle = `rgb(255 255 255 / ${opacity})`;
  context.lineWidth = 1.25 * pixel;
  context.stroke(path);
}
