import type { Point } from '../camera.ts';
import type { Tool, Touch } from './tool.ts';

/** Where keys are text. */
const typing =
  'input:not([type=radio]):not([type=range]), textarea, select, [contenteditable=true], [role=dialog] *';

/**
 * Leads the pointer of a host to whatever tool is there when it is pressed, until it is released. Every place the
 * pointer has been counts, also those between two frames. A second finger takes the first one's press back: two hold
 * the sight. Returns its undoing.
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
  let active: { readonly tool: Tool; readonly pointerId: number; readonly isFinger: boolean } | null = null;
  const fingers = new Set<number>();

  /** Asking where the host lies may lay the page out anew: once an event is enough. */
  const touches = (events: readonly PointerEvent[]): Touch[] => {
    const box = host.getBoundingClientRect();
    return events.map((event) => ({
      ...toSource({ x: event.clientX - box.left, y: event.clientY - box.top }),
      shift: event.shiftKey,
      alt: event.altKey,
      mod: event.ctrlKey || event.metaKey,
      pressure: event.pointerType === 'pen' ? event.pressure : 1,
    }));
  };
  const finish = (how: 'up' | 'cancel' | 'takeBack') => {
    const tool = active?.tool;
    active = null;
    if (how === 'takeBack' && tool?.takeBack === undefined) tool?.cancel();
    else tool?.[how]?.();
    changed();
  };

  host.addEventListener(
    'pointerdown',
    (event) => {
      const isFinger = event.pointerType === 'touch';
      if (isFinger) fingers.add(event.pointerId);
      if (fingers.size > 1 && active?.isFinger === true) finish('takeBack');
      if (event.button !== 0 || active !== null || (isFinger && fingers.size > 1) || yields(event)) return;
      const tool = current();
      const [touch] = touches([event]);
      if (tool === null || touch === undefined) return;
      host.setPointerCapture(event.pointerId);
      active = { tool, pointerId: event.pointerId, isFinger };
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
      fingers.delete(event.pointerId);
      if (active?.pointerId === event.pointerId) finish('up');
    },
    { signal },
  );
  host.addEventListener(
    'pointercancel',
    (event) => {
      fingers.delete(event.pointerId);
      if (active?.pointerId === event.pointerId) finish('cancel');
    },
    { signal },
  );
  host.addEventListener(
    'pointerleave',
    () => {
      current()?.leave?.();
      changed();
    },
    { signal },
  );
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
