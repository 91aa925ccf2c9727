import type { Point } from './camera.ts';
import type { LinkedCamera } from './linked-camera.ts';

const zoomPerNotch = 1.0015;
const keyStep = 48;
/** Wheel deltas in lines or pages, in pixels. */
const pixelsPerUnit = [1, 16, 400];

/** Where another tool shares the host: which presses are the sight's. */
export interface SightOptions {
  readonly pans: (event: PointerEvent) => boolean;
  /** Whether arrow keys pan and a double click fits. */
  readonly alone: boolean;
}

/**
 * The tool that moves the sight: wheel zooms at the pointer, drag pans, arrows pan; two fingers do both, whatever else
 * the first had been taken for.
 *
 * `hover` gets the pointer's place in CSS pixels of the host, null once it has left. Returns its undoing.
 */
export function panAndZoom(
  host: HTMLElement,
  camera: LinkedCamera,
  hover: (at: Point | null) => void,
  { pans, alone }: SightOptions = { pans: ({ button }) => button <= 1, alone: true },
): () => void {
  const held = new Map<number, Point>();
  const fingers = new Map<number, Point>();
  const end = new AbortController();
  const { signal } = end;

  const place = (event: MouseEvent): Point => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const viewport = () => ({ width: host.clientWidth, height: host.clientHeight });

  const drag = (id: number, to: Point) => {
    const from = held.get(id);
    if (from === undefined) return;
    const other = [...held].find(([key]) => key !== id)?.[1];
    held.set(id, to);
    if (other === undefined) return camera.pan(to.x - from.x, to.y - from.y);
    const distance = (p: Point) => Math.max(Math.hypot(p.x - other.x, p.y - other.y), 1);
    camera.pan((to.x - from.x) / 2, (to.y - from.y) / 2);
    camera.zoomAt(
      viewport(),
      { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 },
      distance(to) / distance(from),
    );
  };

  const release = (event: PointerEvent) => {
    held.delete(event.pointerId);
    fingers.delete(event.pointerId);
    if (held.size === 0) host.classList.remove('dragging');
  };

  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const delta = event.deltaY * (pixelsPerUnit[event.deltaMode] ?? 1) * (event.ctrlKey ? 4 : 1);
      camera.zoomAt(viewport(), place(event), zoomPerNotch ** -delta);
      hover(place(event));
    },
    { signal, passive: false },
  );
  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType === 'touch') fingers.set(event.pointerId, place(event));
      if (fingers.size > 1) for (const [id, at] of fingers) held.set(id, at);
      else if (!pans(event)) return;
      else held.set(event.pointerId, place(event));
      host.setPointerCapture(event.pointerId);
      host.classList.add('dragging');
    },
    { signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, place(event));
      drag(event.pointerId, place(event));
      hover(place(event));
    },
    { signal },
  );
  host.addEventListener('pointerup', release, { signal });
  host.addEventListener('pointercancel', release, { signal });
  host.addEventListener('pointerleave', () => hover(null), { signal });
  if (!alone) return () => end.abort();
  host.addEventListener('dblclick', () => camera.fit(), { signal });
  host.addEventListener(
    'keydown',
    (event) => {
      const step = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      const [x, y] = step ?? [];
      if (x === undefined || y === undefined) return;
      event.preventDefault();
      camera.pan(x * keyStep, y * keyStep);
    },
    { signal },
  );
  return () => end.abort();
}
