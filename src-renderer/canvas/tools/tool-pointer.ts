import type { Point } from '../camera.ts';
import type { Tool, Touch } from './tool.ts';

/**
 * Leads the pointer of a host to whatever tool is there when it is pressed, until it is released. Every place the
 * pointer has been counts, also those between two frames. Returns its undoing.
 *
 * @param toolFor the tool a press is for; null where it is for none
 * @param toSource from CSS pixels of the host to the source's pixels
 */
export function toolPointer(
  host: HTMLElement,
  toolFor: (event: PointerEvent) => Tool | null,
  toSource: (at: Point) => Point,
  changed: () => void,
): () => void {
  const end = new AbortController();
  const { signal } = end;
  let active: { readonly tool: Tool; readonly pointerId: number } | null = null;

  const touch = (event: PointerEvent): Touch => {
    const box = host.getBoundingClientRect();
    const at = toSource({ x: event.clientX - box.left, y: event.clientY - box.top });
    return { ...at, shift: event.shiftKey, alt: event.altKey };
  };
  const finish = (how: 'up' | 'cancel') => {
    active?.tool[how]();
    active = null;
    changed();
  };

  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || active !== null) return;
      const tool = toolFor(event);
      if (tool === null) return;
      host.setPointerCapture(event.pointerId);
      active = { tool, pointerId: event.pointerId };
      tool.down(touch(event));
      changed();
    },
    { signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      if (active?.pointerId !== event.pointerId) return;
      const all = event.getCoalescedEvents();
      active.tool.drag((all.length > 0 ? all : [event]).map(touch));
      changed();
    },
    { signal },
  );
  host.addEventListener(
    'pointerup',
    (event) => {
      if (active?.pointerId === event.pointerId) finish('up');
    },
    { signal },
  );
  host.addEventListener('pointercancel', () => finish('cancel'), { signal });
  host.ownerDocument.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape' && active !== null) finish('cancel');
    },
    { signal },
  );
  return () => {
    end.abort();
    active?.tool.cancel();
  };
}
