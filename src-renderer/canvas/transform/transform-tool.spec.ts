import { beforeEach, describe, expect, it } from 'vitest';
import { identity } from '../../../src-shared/model/composition.ts';
import { CloneEditor } from '../clone-editor.ts';
import type { Touch } from '../tools/tool.ts';
import { holdAt, turningHandle } from './handles.ts';
import { TransformTool } from './transform-tool.ts';

const size = { width: 200, height: 100 };
let editor: CloneEditor;
let tool: TransformTool;
beforeEach(() => {
  editor = new CloneEditor(size, { ...identity, x: 50, y: 30 });
  const labels = { move: 'Move', turn: 'Rotate', scale: 'Scale', reset: 'Reset' };
  tool = new TransformTool({ editor, pixel: () => 1, labels });
});
const touch = (x: number, y: number, keys: Partial<Touch> = {}): Touch => ({
  x,
  y,
  shift: false,
  alt: false,
  mod: false,
  pressure: 1,
  ...keys,
});
const drag = (...way: Touch[]) => {
  tool.down(way[0]!);
  for (const next of way.slice(1)) tool.drag([next]);
  tool.up();
};

describe('dragging the source', () => {
  it('moves it by whole pixels, with Shift along one axis, in one edit each', () => {
    drag(touch(150, 80), touch(153.4, 78.6), touch(160.4, 75));
    expect(editor.transform).toEqual({ ...identity, x: 60, y: 25 });
    drag(touch(150, 80), touch(170, 83, { shift: true }));
    expect(editor.transform).toEqual({ ...identity, x: 80, y: 25 });
    expect(editor.history.labels).toEqual(['Move', 'Move']);
  });

  it('leaves no trace when it is cancelled', () => {
    tool.down(touch(150, 80));
    tool.drag([touch(190, 20)]);
    tool.cancel();
    tool.up();
    expect(editor.transform).toEqual({ ...identity, x: 50, y: 30 });
    expect(editor.history.labels).toEqual([]);
  });
});

describe('a corner', () => {
  it('scales about the opposite one, both sides alike', () => {
    drag(touch(250, 130), touch(350, 180));
    const [topLeft, , bottomRight] = editor.corners;
    expect(topLeft).toEqual({ x: 50, y: 30 });
    expect(bottomRight).toEqual({ x: 350, y: 180 });
    expect(editor.transform.scale).toBe(1.5);
    expect(editor.history.labels).toEqual(['Scale']);
  });

  it('scales about the centre with Alt', () => {
    drag(touch(250, 130), touch(300, 155, { alt: true }));
    expect(editor.transform).toMatchObject({ x: 50, y: 30, scale: 1.5 });
  });

  it('never turns the source inside out', () => {
    drag(touch(250, 130), touch(-500, -400));
    expect(editor.transform.scale).toBe(0.02);
  });
});

describe('turning', () => {
  it('by the handle follows the pointer around the centre, with Shift by steps of 15°', () => {
    const { knob } = turningHandle(editor.corners, 1);
    expect(knob.x).toBe(150);
    drag(touch(knob.x, knob.y), touch(250, 80));
    expect(editor.transform).toEqual({ ...identity, x: 50, y: 30, rotation: 90 });
    editor.undo();
    drag(touch(knob.x, knob.y), touch(160, 20, { shift: true }));
    expect(editor.transform.rotation).toBe(15);
  });

  it('begins a little outside a corner, where inside the source it moves', () => {
    expect(holdAt({ x: 266, y: 142 }, editor.corners, 1)).toEqual({ kind: 'turn' });
    expect(holdAt({ x: 234, y: 118 }, editor.corners, 1)).toEqual({ kind: 'move' });
    expect(holdAt({ x: 253, y: 126 }, editor.corners, 1)).toEqual({ kind: 'scale', corner: 2 });
    // Half the zoom: a CSS pixel is two of the target, so the same handles reach twice as far.
    expect(holdAt({ x: 262, y: 142 }, editor.corners, 2)).toEqual({ kind: 'scale', corner: 2 });
  });
});

describe('a double click', () => {
  it('on a handle takes scale, turn and flips back; on the source and beside it nothing', () => {
    editor.put('Any', { x: 50, y: 30, scale: 2, rotation: 30, flipX: true, flipY: false });
    tool.reset({ x: -900, y: 0 });
    tool.reset({ x: 150, y: 80 });
    expect(editor.transform.scale).toBe(2);
    tool.reset(turningHandle(editor.corners, 1).knob);
    expect(editor.transform).toEqual({ ...identity, x: 50, y: 30 });
  });
});

describe('what is cut out', () => {
  it('is what the handles stand around and what turning and scaling go about', () => {
    editor.edit('Mask', (mask) =>
      mask.combine({ x: 20, y: 40, width: 40, height: 20, data: new Uint8Array(800).fill(255) }, 'add'),
    );
    expect(editor.corners).toEqual([
      { x: 70, y: 70 },
      { x: 110, y: 70 },
      { x: 110, y: 90 },
      { x: 70, y: 90 },
    ]);
    const { knob } = turningHandle(editor.corners, 1);
    drag(touch(knob.x, knob.y), touch(200, 80));
    expect(editor.transform.rotation).toBe(90);
    expect(editor.corners).toEqual([
      { x: 100, y: 60 },
      { x: 100, y: 100 },
      { x: 80, y: 100 },
      { x: 80, y: 60 },
    ]);
  });
});
