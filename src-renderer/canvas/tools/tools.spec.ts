import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { identity } from '../../../src-shared/model/composition.ts';
import { CloneEditor } from '../clone-editor.ts';
import { createTool } from './create-tool.ts';
import { toolNames, type MaskToolName, type Tool, type Touch } from './tool.ts';

let editor: CloneEditor;
beforeEach(() => {
  editor = new CloneEditor({ width: 40, height: 30 }, { ...identity, x: 5, y: -3 });
});

const tool = (name: MaskToolName): Tool => {
  const made = createTool(name, {
    editor,
    brush: () => ({ size: 6, hardness: 1, spacing: 0.2 }),
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

  it('is rubbed out by the eraser but for the rim that both cover in part', () => {
    gesture('brush', [touch(10, 15), touch(30, 15)]);
    gesture('eraser', [touch(10, 15), touch(30, 15)]);
    expect(Math.max(...editor.mask.data)).toBeLessThan(128);
    expect([at(10, 15), at(20, 14), at(29, 15)]).toEqual([0, 0, 0]);
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
