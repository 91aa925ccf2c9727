import type { Attachment } from 'svelte/attachments';

/** Pixels that a press may stray before it is a drag. */
const slack = 4;

/**
 * Lets the rows of a list be dragged to another place; the rows are its children.
 *
 * @param drop told the row that was dragged and the place that it then has, both counted from the top
 */
export function reorderable(drop: (from: number, to: number) => void): Attachment<HTMLElement> {
  return (list) => {
    const end = new AbortController();
    const { signal } = end;
    let held: { readonly from: number; readonly y: number; to: number | null } | null = null;

    const rows = () => [...list.children] as HTMLElement[];
    const unmark = () => {
      for (const row of rows()) row.classList.remove('dragged', 'drop-before', 'drop-after');
    };
    const rowAt = (y: number) => {
      const boxes = rows().map((row) => row.getBoundingClientRect());
      const found = boxes.findIndex((box) => y < box.bottom);
      return found < 0 ? boxes.length - 1 : found;
    };
    const finish = (isDropped: boolean) => {
      const { from, to } = held ?? { from: 0, to: null };
      held = null;
      unmark();
      if (isDropped && to !== null && to !== from) drop(from, to);
    };

    list.addEventListener(
      'pointerdown',
      ({ target, clientY, button }) => {
        if (!(target instanceof Element) || button !== 0 || target.closest('input, .eye') !== null) return;
        const from = rows().findIndex((row) => row.contains(target));
        if (from >= 0) held = { from, y: clientY, to: null };
      },
      { signal },
    );
    window.addEventListener(
      'pointermove',
      ({ clientY }) => {
        if (held === null || (held.to === null && Math.abs(clientY - held.y) < slack)) return;
        const to = rowAt(clientY);
        held.to = to;
        unmark();
        rows()[held.from]?.classList.add('dragged');
        if (to !== held.from) rows()[to]?.classList.add(to < held.from ? 'drop-before' : 'drop-after');
      },
      { signal },
    );
    window.addEventListener('pointerup', () => finish(true), { signal });
    window.addEventListener('pointercancel', () => finish(false), { signal });
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && finish(false), { signal });
    return () => end.abort();
  };
}
