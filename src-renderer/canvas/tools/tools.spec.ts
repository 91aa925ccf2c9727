import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { identity } from '../../../src-shared/model/composition.ts';
import { CloneEditor } from '../clone-editor.ts';
import { createTool } from './create-tool.ts';
import type { Combination } from '../mask/mask-raster.ts';
import { pressures, toolNames, type MaskToolName, type Pressure, type Tool, type Touch } from './tool.ts';

let editor: CloneEditor;
let set: Combination;
let pressure: Pressure;
/** Black on the left, white on the right. */
const pixels = {
  width: 40,
  height: 30,
  data: Uint8ClampedArray.from({ length: 4 * 40 * 30 }, (_, i) => ((i >> 2) % 40 < 20 ? 0 : 255)),
};
beforeEach(() => {
  set = 'replace';
  pressure = 'none';
  editor = new CloneEditor({ width: 40, height: 30 }, { ...identity, x: 5, y: -3 });
});

const tool = (name: MaskToolName): Tool => {
  const made = createTool(name, {
    editor,
    pixels,
    brush: () => ({ size: 6, hardness: 1, spacing: 0.2, pressure }),
    wand: () => ({ tolerance: 0.1, contiguous: true }),
    combination: () => set,
    label: name,
  });
  if (made === null) throw new Error(`${name} works on no pixel.`);
  return made;
};
const touch = (x: number, y: number, keys: Partial<Touch> = {}): Touch => ({
  x,
  y,
  shift: false,
  alt: false,
  mod: false,
  pressure: 1,
  ...keys,
});
const gesture = (name: MaskToolName, way: readonly Touch[]) => {
  const [first, ...rest] = way;
  const used = tool(name);
  if (first !== undefined) used.down(first);
  for (const next of rest) used.drag([next]);
  used.up();
};
const at = (x: number, y: number) => editor.mask.data[y * 40 + x];
const snapshot = () => JSON.stringify([[...editor.mask.data], editor.transform]);

describe('the brush', () => {
  it('selects along its way, and Alt makes it rub out', () => {
    gesture('brush', [touch(10, 15), touch(30, 15)]);
    expect([at(10, 15), at(20, 15), at(29, 15), at(20, 5)]).toEqual([255, 255, 255, 0]);
    gesture('brush', [touch(20, 15, { alt: true })]);
    expect([at(20, 15), at(12, 15)]).toEqual([0, 255]);
  });

  it('is rubbed out by the eraser along the same way, its soft rim too', () => {
    gesture('brush', [touch(10, 15), touch(30, 15)]);
    gesture('eraser', [touch(10, 15), touch(30, 15)]);
    expect(editor.mask.isEmpty).toBe(true);
  });

  it('goes on in a straight line from where it ended, with Shift', () => {
    const used = tool('brush');
    used.down(touch(5, 5));
    used.up();
    used.down(touch(35, 25, { shift: true }));
    used.up();
    expect([at(5, 5), at(20, 15), at(34, 24)]).toEqual([255, 255, 255]);
    expect(at(5, 25)).toBe(0);
    editor.undo();
    expect([at(5, 5), at(20, 15)]).toEqual([255, 0]);
  });

  it('is narrower, or covers less, the lighter a pen is pressed', () => {
    const light = [touch(20, 15, { pressure: 0.5 })];
    const [width, most] = [() => editor.mask.bounds().width, () => Math.max(...editor.mask.data)];
    const seen = pressures.map((chosen) => {
      editor.mask.clear();
      pressure = chosen;
      gesture('brush', light);
      return [width() > 4, most()];
    });
    expect(seen).toEqual([
      [true, 255],
      [false, 255],
      [true, 128],
      [false, 128],
    ]);
  });
});

describe('an area', () => {
  it('selects alone, is added with Shift, taken away with Alt', () => {
    gesture('rectangle', [touch(2, 2), touch(10, 10)]);
    gesture('rectangle', [touch(20, 2), touch(30, 10)]);
    expect([at(5, 5), at(25, 5)]).toEqual([0, 255]);
    gesture('ellipse', [touch(2, 2, { shift: true }), touch(10, 10)]);
    expect([at(6, 6), at(25, 5)]).toEqual([255, 255]);
    gesture('lasso', [touch(19, 1, { alt: true }), touch(31, 1), touch(31, 11), touch(19, 11)]);
    expect([at(6, 6), at(25, 5)]).toEqual([255, 0]);
  });

  it('keeps what lies in both with Shift and Alt, or as it is set', () => {
    gesture('rectangle', [touch(2, 2), touch(12, 12)]);
    gesture('rectangle', [touch(8, 8, { shift: true, alt: true }), touch(20, 20)]);
    expect(editor.mask.bounds()).toEqual({ x: 8, y: 8, width: 4, height: 4 });
    set = 'intersect';
    gesture('rectangle', [touch(10, 0), touch(20, 20)]);
    expect(editor.mask.bounds()).toEqual({ x: 10, y: 8, width: 2, height: 4 });
    set = 'subtract';
    gesture('rectangle', [touch(0, 0), touch(11, 20)]);
    expect(editor.mask.bounds()).toEqual({ x: 11, y: 8, width: 1, height: 4 });
  });

  it('is square with Shift and about its middle with Alt, pressed after it was begun', () => {
    const keys = { shift: true, alt: true };
    gesture('rectangle', [touch(10, 10), touch(14, 12, { shift: true })]);
    expect(editor.mask.bounds()).toEqual({ x: 10, y: 10, width: 4, height: 4 });
    gesture('rectangle', [touch(10, 10), touch(14, 12, keys)]);
    expect(editor.mask.bounds()).toEqual({ x: 6, y: 6, width: 8, height: 8 });
    // Held since the press, they say what becomes of the shape, and no more.
    gesture('rectangle', [touch(0, 0, keys), touch(9, 7, keys)]);
    expect(editor.mask.bounds()).toEqual({ x: 6, y: 6, width: 3, height: 1 });
  });

  it('shows its outline while it is drawn and changes nothing before it is done', () => {
    const used = tool('rectangle');
    used.down(touch(2.2, 2.4));
    used.drag([touch(8, 8), touch(9.6, 6.8)]);
    expect(used.outline).toEqual([
      { x: 2, y: 2 },
      { x: 10, y: 2 },
      { x: 10, y: 7 },
      { x: 2, y: 7 },
    ]);
    expect(editor.mask.isEmpty).toBe(true);
    used.up();
    expect(used.outline).toEqual([]);
    expect(editor.mask.bounds()).toEqual({ x: 2, y: 2, width: 8, height: 5 });
  });
});

describe('the polygon', () => {
  const click = (used: Tool, x: number, y: number, keys: Partial<Touch> = {}) => {
    used.hover?.(touch(x, y, keys));
    used.down(touch(x, y, keys));
    used.up();
  };

  it('gets a corner a click, takes one back with Backspace, and is closed with Enter', () => {
    const used = tool('polygon');
    click(used, 2, 2);
    click(used, 30, 25);
    expect(used.key?.('Backspace')).toBe(true);
    click(used, 12, 2);
    click(used, 12, 10);
    click(used, 2, 10);
    used.hover?.(touch(5, 5));
    expect(used.outline).toHaveLength(5);
    expect(editor.mask.isEmpty).toBe(true);
    expect(used.key?.('Enter')).toBe(true);
    expect(editor.mask.bounds()).toEqual({ x: 2, y: 2, width: 10, height: 8 });
    expect(used.outline).toEqual([]);
    expect(used.key?.('Enter')).toBe(false);
  });

  it('is closed by a double click, whose second press is no corner, and dropped by Escape', () => {
    const used = tool('polygon');
    for (const [x, y] of [[2, 2], [12, 2], [12, 10], [12, 10]] as const) click(used, x, y); // prettier-ignore
    used.doubleClick?.();
    expect(at(11, 4)).toBe(255);
    const before = snapshot();
    for (const [x, y] of [[20, 2], [30, 2], [30, 10]] as const) click(used, x, y); // prettier-ignore
    expect(used.key?.('Escape')).toBe(true);
    expect([used.outline, snapshot()]).toEqual([[], before]);
  });

  it('loses no corner but its last where a press is taken back', () => {
    const used = tool('polygon');
    for (const [x, y] of [[2, 2], [12, 2]] as const) click(used, x, y); // prettier-ignore
    used.down(touch(20, 20));
    used.takeBack?.();
    expect(used.outline).toEqual([
      { x: 2, y: 2 },
      { x: 12, y: 2 },
    ]);
  });

  it('keeps its sides to multiples of 45° with Shift, and is added where Shift was held first', () => {
    gesture('rectangle', [touch(30, 20), touch(38, 28)]);
    const used = tool('polygon');
    click(used, 4, 4, { shift: true });
    click(used, 14, 5, { shift: true });
    const side = used.outline[1]!;
    expect(side.y).toBeCloseTo(4, 9);
    click(used, 14, 14);
    used.key?.('Enter');
    expect([at(12, 6), at(34, 24)]).toEqual([255, 255]);
  });
});

describe('the wand', () => {
  it('selects the colour it is put on, in the source, and nothing beyond the picture', () => {
    gesture('wand', [touch(3.5, 20.2)]);
    expect(editor.mask.bounds()).toEqual({ x: 0, y: 0, width: 20, height: 30 });
    gesture('wand', [touch(25, 5, { shift: true })]);
    expect(editor.mask.bounds()).toEqual(editor.mask.frame);
    const before = snapshot();
    gesture('wand', [touch(-3, 5)]);
    expect(snapshot()).toBe(before);
  });
});

describe('every tool', () => {
  const way = fc.array(
    fc.record({ x: fc.integer({ min: -5, max: 45 }), y: fc.integer({ min: -5, max: 35 }) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  const named = fc.constantFrom(...toolNames.filter((name) => name !== 'hand' && name !== 'move'));

  it('makes one edit of a gesture, which undo and redo bring back to the byte', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(named, way, fc.boolean(), fc.boolean()), { maxLength: 8 }),
        (gestures) => {
          editor = new CloneEditor({ width: 40, height: 30 }, identity);
          const states = new Map([[editor.history.state, snapshot()]]);
          for (const [name, points, shift, alt] of gestures) {
            gesture(
              name,
              points.map(({ x, y }) => touch(x, y, { shift, alt })),
            );
            states.set(editor.history.state, snapshot());
          }
          for (let i = 0; i < gestures.length; i++) {
            editor.undo();
            expect(snapshot()).toBe(states.get(editor.history.state));
          }
          expect(editor.history.labelOfUndo).toBe(null);
          for (let i = 0; i < gestures.length; i++) {
            editor.redo();
            expect(snapshot()).toBe(states.get(editor.history.state));
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it('leaves no trace of a gesture that is cancelled', () => {
    fc.assert(
      fc.property(named, way, (name, points) => {
        editor = new CloneEditor({ width: 40, height: 30 }, identity);
        gesture('ellipse', [touch(4, 4), touch(30, 20)]);
        const [before, label] = [snapshot(), editor.history.labelOfUndo];
        const used = tool(name);
        points.forEach(({ x, y }, i) => (i === 0 ? used.down(touch(x, y)) : used.drag([touch(x, y)])));
        used.cancel();
        expect([snapshot(), editor.history.labelOfUndo]).toEqual([before, label]);
      }),
      { seed: 7 },
    );
  });

  it('tells of every part of the mask that it changes', () => {
    gesture('brush', [touch(8, 8), touch(30, 20)]);
    const mirror = editor.mask.data.slice();
    editor.onChange(({ mask: { x, y, width, height } }) => {
      for (let row = y; row < y + height; row++) {
        mirror.set(editor.mask.data.subarray(row * 40 + x, row * 40 + x + width), row * 40 + x);
      }
    });
    gesture('eraser', [touch(12, 10), touch(40, 29)]);
    gesture('lasso', [touch(1, 1, { shift: true }), touch(9, 2), touch(4, 9)]);
    editor.undo();
    expect([...mirror]).toEqual([...editor.mask.data]);
  });
});
