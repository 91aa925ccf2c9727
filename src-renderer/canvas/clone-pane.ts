import { inverse, mapPoint, toMatrix } from '../../src-shared/model/composition.ts';
import { Ants } from './ants.ts';
import { toPicture, type Point } from './camera.ts';
import {
  drawCircle,
  drawContent,
  drawEdge,
  drawFrame,
  drawHovered,
  drawOutline,
  drawTint,
} from './clone-drawing.ts';
import type { EdgeStyle, Patch } from './clone-drawing.ts';
import type { OverlayLook } from './clone-layers.ts';
import { CloneSight } from './clone-sight.ts';
import { drawPicture } from './draw-picture.ts';
import { fillHost } from './host-size.ts';
import type { Placed } from './landed.ts';
import type { LinkedCamera } from './linked-camera.ts';
import { isEmpty, nowhere, union, type Rectangle } from './mask/rectangle.ts';
import { MaskChanges } from './mask-changes.ts';
import { NextFrame } from './next-frame.ts';
import { panAndZoom } from './pan-and-zoom.ts';
import { Surface } from './surface.ts';
import { toolPointer } from './tools/tool-pointer.ts';
import type { Tool } from './tools/tool.ts';
import { MoveTool } from './transform/move-tool.ts';

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

type Paint = (context: CanvasRenderingContext2D, part: Rectangle) => void;

/** ms */
const restBeforeWhole = 200;

/** One picture of the clone workspace, in layers that are each drawn where and when they change. */
export class ClonePane {
  readonly #host: HTMLElement;
  readonly #camera: LinkedCamera;
  readonly #scene: () => CloneScene;
  readonly #picture: Surface;
  readonly #content: Surface;
  readonly #edge: Surface;
  readonly #marks: Surface;
  readonly #release: (() => void)[];
  readonly #ants: Ants;
  readonly #changes = new MaskChanges();
  #pointer: Point | null = null;
  readonly #frame: NextFrame;
  #drawn: CloneScene | null = null;
  /** The sight has moved, so that nothing lies where it was drawn. */
  #isMoved = true;
  #haveAntsMoved = false;
  /** There is something on the surface of marks. */
  #isMarked = false;
  /** Something was drawn in parts since all of it was drawn at once. */
  #isPatched = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement, camera: LinkedCamera, scene: () => CloneScene) {
    this.#host = host;
    this.#camera = camera;
    this.#scene = scene;
    this.#picture = new Surface(host, 'picture');
    this.#content = new Surface(host, 'content');
    this.#edge = new Surface(host, 'edge');
    this.#marks = new Surface(host, 'marks');
    this.#frame = new NextFrame(host, () => this.#draw());
    this.#ants = new Ants(host, () => {
      const { edge, selected } = scene();
      if (edge !== 'ants' || selected?.art.editor.inGesture === true) return;
      this.#haveAntsMoved = true;
      this.redraw();
    });
    const spaceHeld = spaceKey(host);
    const pans = ({ button }: PointerEvent) =>
      button === 1 || (button === 0 && (spaceHeld.value || scene().tool === null));
    const moved = () => {
      this.#isMoved = true;
      this.redraw();
    };
    this.#release = [
      () => this.#ants.stop(),
      () => this.#changes.end(),
      spaceHeld.end,
      fillHost(host, this.#surfaces, (viewport) => {
        camera.setViewport(this, viewport);
        moved();
      }),
      camera.onChange(moved),
      panAndZoom(host, camera, (at) => this.#hover(at), { pans, alone: false }),
      toolPointer(
        host,
        () => scene().tool,
        pans,
        (at) => this.#toolPoint(at),
        () => this.redraw(),
      ),
      this.#transformKeys(),
    ];
  }

  get #surfaces(): Surface[] {
    return [this.#picture, this.#content, this.#edge, this.#marks];
  }

  /** Bring up to date, with the next frame, what the scene has changed since it was drawn. */
  redraw(): void {
    this.#frame.request();
  }

  destroy(): void {
    this.#frame.cancel();
    clearTimeout(this.#rest);
    for (const release of this.#release) release();
    this.#camera.setViewport(this, null);
    for (const { element } of this.#surfaces) element.remove();
  }

  /** @returns whether all of it is drawn for good */
  #draw(): boolean {
    const scene = this.#scene();
    if (scene.base !== null) this.#camera.setPicture(scene.base);
    const last = this.#isMoved ? null : this.#drawn;
    if (last === null) this.#isPatched = false;
    const sight = new CloneSight(this.#camera.current, this.#picture);
    this.#changes.watch(new Set([...sourcesIn(scene)].map(({ art }) => art)));
    if (last === null || last.base !== scene.base) this.#drawBase(sight, scene);
    this.#drawContent(sight, scene, last);
    this.#drawEdge(sight, scene, last);
    this.#drawMarks(sight, scene);
    this.#changes.drawn();
    this.#drawn = scene;
    this.#isMoved = this.#haveAntsMoved = false;
    return !this.#settle(scene);
  }

  /** Parts meet to within rounding: what nobody is about to change is drawn once more at once: whether it will be. */
  #settle(scene: CloneScene): boolean {
    clearTimeout(this.#rest);
    const isBusy = [...sourcesIn(scene)].some(({ art }) => art.editor.inGesture);
    if (!this.#isPatched || isBusy) return false;
    this.#rest = setTimeout(() => {
      this.#isMoved = true;
      this.redraw();
    }, restBeforeWhole);
    return true;
  }

  /** From CSS pixels of the host to where the tool wants to be told of: the source, or for a transform the target. */
  #toolPoint(at: Point): Point {
    const p = toPicture(this.#camera.current, this.#marks.extent, at);
    const { tool, selected } = this.#scene();
    if (tool instanceof MoveTool || selected === null) return p;
    return mapPoint(inverse(toMatrix(selected.transform, selected.art.editor.mask)), p);
  }

  #hover(at: Point | null): void {
    this.#pointer = at;
    const { tool } = this.#scene();
    const over = at !== null && tool instanceof MoveTool;
    this.#host.style.cursor = over ? tool.cursorAt(this.#toolPoint(at)) : '';
    this.redraw();
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

  #drawBase({ camera, surface }: CloneSight, { base }: CloneScene): void {
    this.#picture.draw((context) => {
      if (base !== null) drawPicture(context, base, camera, surface, { x: 0, y: 0 });
    });
  }

  #drawContent(sight: CloneSight, scene: CloneScene, last: CloneScene | null): void {
    const { base, content, selected, overlay } = scene;
    const paint: Paint = (context, part) => {
      if (base === null) return;
      drawContent(context, sight, base, content, part);
      if (overlay !== null && selected !== null) drawTint(context, sight, base, selected, overlay, part);
    };
    if (last === null || !sameContent(last, scene)) {
      return this.#content.draw((context) => paint(context, this.#content.frame));
    }
    const shown = content.filter((part) => 'art' in part);
    const changed = this.#changedIn(
      sight,
      overlay === null || selected === null ? shown : [...shown, selected],
    );
    this.#drawChanged(this.#content, changed, paint);
  }

  #drawEdge(sight: CloneSight, scene: CloneScene, last: CloneScene | null): void {
    const { selected, edge: style, framed, tool } = scene;
    const paint: Paint = (context, part) => {
      if (selected === null) return;
      if (framed) drawFrame(context, sight, selected, tool instanceof MoveTool);
      drawEdge(context, sight, selected, { style, phase: this.#ants.phase }, part);
      if (framed && tool instanceof MoveTool && tool.hovered !== null) {
        const accent = getComputedStyle(this.#host).getPropertyValue('--accent');
        drawHovered(context, sight, tool.hovered, accent);
      }
    };
    const isOther =
      last?.edge !== style ||
      last.framed ||
      framed ||
      this.#haveAntsMoved ||
      !samePlaced(last.selected, selected);
    if (isOther) return this.#edge.draw((context) => paint(context, this.#edge.frame));
    const changed = style === 'none' || selected === null ? nowhere : this.#changedIn(sight, [selected]);
    this.#drawChanged(this.#edge, changed, paint);
  }

  #drawChanged(surface: Surface, part: Rectangle, paint: Paint): void {
    if (isEmpty(part)) return;
    this.#isPatched = true;
    surface.drawPart(part, paint);
  }

  #drawMarks(sight: CloneSight, { selected, tool, cursor }: CloneScene): void {
    const outline = selected === null ? [] : (tool?.outline ?? []);
    const circled = selected !== null && cursor > 0 ? this.#pointer : null;
    // The browser takes a canvas over whole, whatever was drawn on it.
    if (outline.length === 0 && circled === null && !this.#isMarked) return;
    this.#isMarked = outline.length > 0 || circled !== null;
    this.#marks.draw((context) => {
      if (selected === null) return;
      drawOutline(context, sight.matrixOf(selected), outline);
      if (circled !== null) drawCircle(context, circled, (cursor * sight.scaleOf(selected)) / 2);
    });
  }

  /** Where on the pane these masks have changed since they were drawn. */
  #changedIn(sight: CloneSight, sources: readonly Placed[]): Rectangle {
    return sources
      .filter(({ art }) => !isEmpty(this.#changes.of(art)))
      .map((placed) => sight.seenChange(placed, this.#changes.of(placed.art)))
      .reduce(union, nowhere);
  }
}

function* sourcesIn({ content, selected }: CloneScene): Generator<Placed> {
  for (const part of content) if ('art' in part) yield part;
  if (selected !== null) yield selected;
}

function samePlaced(a: Placed | null, b: Placed | null): boolean {
  if (a === null || b === null) return a === b;
  return a.art === b.art && a.transform === b.transform;
}

/** Whether what lies on the picture is the same, its masks aside. */
function sameContent(a: CloneScene, b: CloneScene): boolean {
  const same = (p: Placed | Patch, q: Placed | Patch | undefined) =>
    q !== undefined && ('art' in p && 'art' in q ? samePlaced(p, q) : p === q);
  return (
    a.base === b.base &&
    a.overlay === b.overlay &&
    (b.overlay === null || samePlaced(a.selected, b.selected)) &&
    a.content.length === b.content.length &&
    a.content.every((part, i) => same(part, b.content[i]))
  );
}

/** Whether the space bar is held, which lends any tool's press to the sight. */
function spaceKey(host: HTMLElement): { readonly value: boolean; readonly end: () => void } {
  const end = new AbortController();
  const window = host.ownerDocument.defaultView ?? globalThis.window;
  let held = false;
  const hold = (isHeld: boolean) => {
    held = isHeld;
    host.classList.toggle('panning', held);
  };
  const watch = (event: KeyboardEvent) => {
    if (event.code !== 'Space') return;
    hold(event.type === 'keydown');
    // On a pane the space bar would scroll; on a button it must still press it.
    if (event.target === host) event.preventDefault();
  };
  window.addEventListener('keydown', watch, { signal: end.signal });
  window.addEventListener('keyup', watch, { signal: end.signal });
  // Let go elsewhere, it is heard of by nobody.
  window.addEventListener('blur', () => hold(false), { signal: end.signal });
  return {
    get value() {
      return held;
    },
    end: () => end.abort(),
  };
}
