import type { Point } from '../camera.ts';
import type { Tool, Touch } from './tool.ts';

/** Where keys are text. */
const typing =
  'input:not([type=radio]):not([type=range]), textarea, select, [contenteditable=true], [role=dialog] *';

/**
 * Leads the pointer of a host to whatever tool is there when it is pressed, until it is released. Every place the
 * pointer has been counts, also those between two frames. Returns its undoing.
 *
 * @param current the tool that is there now; null where there is none
 * @param yields whether a press is for something else
 * @param toSource from CSS pixels of the host to the source's pixels
 */
export function toolPointer(
  host: HTMLElement,
  current: () => Tool | null,
  yields: (event: PointerEvent) => boolean,
  toSource: (at: Point) => Point,
  changed: () => void,
): () => void {
  const end = new AbortController();
  const { signal } = end;
  let active: { readonly tool: Tool; readonly pointerId: number } | null = null;

  /** Asking where the host lies may lay the page out anew: once an event is enough. */
  const touches = (events: readonly PointerEvent[]): Touch[] => {
    const box = host.getBoundingClientRect();
    return events.map((event) => ({
      ...toSource({ x: event.clientX - box.left, y: event.clientY - box.top }),
      shift: event.shiftKey,
      alt: event.altKey,
      pressure: event.pointerType === 'pen' ? event.pressure : 1,
    }));
  };
  const finish = (how: 'up' | 'cancel') => {
    active?.tool[how]();
    active = null;
    changed();
  };

  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || active !== null || yields(event)) return;
      const tool = current();
      const [touch] = touches([event]);
      if (tool === null || touch === undefined) return;
      host.setPointerCapture(event.pointerId);
      active = { tool, pointerId: event.pointerId };
      tool.down(touch);
      changed();
    },
    { signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      if (active === null) {
        const tool = current();
        const [touch] = tool?.hover === undefined ? [] : touches([event]);
        if (touch === undefined) return;
        tool?.hover?.(touch);
        return changed();
      }
      if (active.pointerId !== event.pointerId) return;
      const all = event.getCoalescedEvents();
      active.tool.drag(touches(all.length > 0 ? all : [event]));
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
  host.addEventListener(
    'dblclick',
    () => {
      current()?.doubleClick?.();
      changed();
    },
    { signal },
  );
  // Before the shortcuts, which listen on the window.
  host.ownerDocument.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape' && active !== null) finish('cancel');
      else if (event.target instanceof Element && event.target.matches(typing)) return;
      else if (current()?.key?.(event.key) !== true) return;
      // One tool serves several hosts, and takes a key once.
      event.preventDefault();
      event.stopImmediatePropagation();
      changed();
    },
    { signal },
  );
  return () => {
    end.abort();
    active?.tool.cancel();
  };
}
