import { beforeEach, describe, expect, it } from 'vitest';
import { identity } from '../../../src-shared/model/composition.ts';
import { CloneEditor } from '../clone-editor.ts';
import type { CloneLayers } from '../clone-layers.ts';
import { History } from '../history.ts';
import type { Touch } from '../tools/tool.ts';
import { MoveTool, type Pickable } from './move-tool.ts';

const size = { width: 100, height: 60 };
let selected: string;
let hidden: string[];
let editors: Record<string, CloneEditor>;
let tool: MoveTool;

/** A layer whose mask covers columns `from` to `to` of all of its rows. */
function editorOf(from: number, to: number, x: number, history: History): CloneEditor {
  const editor = new CloneEditor(size, { ...identity, x }, history);
  const data = new Uint8Array((to - from) * size.height).fill(255);
  editor.edit('Mask', (mask) =>
    mask.combine({ x: from, y: 0, width: to - from, height: size.height, data }, 'add'),
  );
  return editor;
}

beforeEach(() => {
  const history = new History();
  // On the target: the lower one covers 20…60, the upper one 40…80.
  editors = { lower: editorOf(20, 60, 0, history), upper: editorOf(0, 40, 40, history) };
  history.clear();
  [selected, hidden] = ['lower', []];
  const pickable = (id: string): Pickable => {
    const editor = editors[id]!;
    return { id, art: { editor } as CloneLayers, transform: editor.transform };
  };
  tool = new MoveTool({
    pixel: () => 1,
    labels: { move: 'Move', turn: 'Rotate', scale: 'Scale', reset: 'Reset' },
    layers: () => ['lower', 'upper'].filter((id) => !hidden.includes(id)).map(pickable),
    selected: () => pickable(selected),
    select: (id) => (selected = id),
  });
});

const touch = (x: number, keys: Partial<Touch> = {}): Touch => ({
  x,
  y: 30,
  shift: false,
  alt: false,
  mod: false,
  pressure: 1,
  ...keys,
});
const press = (...way: Touch[]) => {
  tool.down(way[0]!);
  for (const next of way.slice(1)) tool.drag([next]);
  tool.up();
};
const places = () => [editors['lower']!.transform.x, editors['upper']!.transform.x];

describe('a click with the move tool', () => {
  it('selects the topmost layer whose content is there, and edits nothing', () => {
    press(touch(50));
    expect(selected).toBe('upper');
    press(touch(30));
    expect(selected).toBe('lower');
    press(touch(50), touch(52));
    expect(selected).toBe('upper');
    expect(places()).toEqual([0, 40]);
    expect(editors['lower']!.history.labels).toEqual([]);
  });

  it('with Alt selects the one below, round and round', () => {
    press(touch(50));
    press(touch(50, { alt: true }));
    expect(selected).toBe('lower');
    press(touch(50, { alt: true }));
    expect(selected).toBe('upper');
  });

  it('selects nothing where no layer has content, nor one that is hidden', () => {
    press(touch(95));
    expect(selected).toBe('lower');
    hidden = ['upper'];
    press(touch(70));
    expect(selected).toBe('lower');
  });
});

describe('a drag with the move tool', () => {
  it('moves the selected layer where it begins on its content, whatever lies above', () => {
    press(touch(50), touch(60));
    expect([selected, ...places()]).toEqual(['lower', 10, 40]);
  });

  it('moves another layer, selected by it, where it begins on that one’s content alone', () => {
    press(touch(70), touch(64));
    expect([selected, ...places()]).toEqual(['upper', 0, 34]);
    expect(editors['upper']!.history.labels).toEqual(['Move']);
  });

  it('with Ctrl moves the topmost one there', () => {
    press(touch(50, { mod: true }), touch(60));
    expect([selected, ...places()]).toEqual(['upper', 0, 50]);
  });

  it('that is cancelled leaves every place as it was', () => {
    tool.down(touch(70));
    tool.drag([touch(90)]);
    tool.cancel();
    expect(places()).toEqual([0, 40]);
  });
});

describe('the pointer', () => {
  it('finds what a click would select, but for what is selected', () => {
    tool.hover(touch(50));
    expect(tool.hovered?.id).toBe('upper');
    tool.hover(touch(30));
    expect(tool.hovered).toBe(null);
    tool.hover(touch(70));
    tool.leave();
    expect(tool.hovered).toBe(null);
  });
});
