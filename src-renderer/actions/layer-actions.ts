import type { Transform } from '../../src-shared/model/composition.ts';
import type { CloneEditor } from '../canvas/clone-editor.ts';
import { flipped, moved, reset, scaled, turned } from '../canvas/transform/adjust.ts';
import { centreOf } from '../canvas/transform/frame.ts';
import type { IconName } from '../components/icon-names.ts';
import type { Composing } from '../managers/composing.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Layer } from '../stores/layer.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action, ActionGroup } from './action.ts';

interface LayerContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly composing: Composing;
}

const words = strings.composition.actions;
const { edits } = strings.composition;

/** What the user can do with layers, their places, and the history of all of it. */
export function layerActions(context: LayerContext): Action[] {
  return [...historyActions(context), ...stackActions(context), ...placeActions(context)];
}

const inClone = ({ session }: LayerContext) => session.workspace === 'clone';

function historyActions(context: LayerContext): Action[] {
  const { composition } = context;
  const past = (pick: 'labelOfUndo' | 'labelOfRedo') => {
    void composition.version;
    return composition.history[pick];
  };
  return [
    {
      id: 'undo',
      group: 'edit',
      get label() {
        return words.undo(past('labelOfUndo'));
      },
      icon: 'undo',
      keys: ['$mod+z'],
      enabled: () => inClone(context) && past('labelOfUndo') !== null,
      run: () => composition.undo(),
    },
    {
      id: 'redo',
      group: 'edit',
      get label() {
        return words.redo(past('labelOfRedo'));
      },
      icon: 'redo',
      keys: ['$mod+Shift+Z', '$mod+y'],
      enabled: () => inClone(context) && past('labelOfRedo') !== null,
      run: () => composition.redo(),
    },
  ];
}

function stackActions(context: LayerContext): Action[] {
  const { composition, composing } = context;
  const place = (layer: Layer) => composition.layers.indexOf(layer);
  /** An action on the selected layer. */
  const on = (
    id: string,
    label: string,
    icon: IconName,
    keys: string[],
    run: (layer: Layer) => void,
    enabled: (layer: Layer) => boolean = () => true,
  ): Action => ({
    id,
    group: 'layer',
    label,
    icon,
    ...(keys.length > 0 && { keys }),
    enabled: () => inClone(context) && composition.selected !== null && enabled(composition.selected),
    run: () => {
      if (composition.selected !== null) run(composition.selected);
    },
  });
  const isTop = (layer: Layer) => place(layer) === composition.layers.length - 1;
  const isBottom = (layer: Layer) => place(layer) === 0;
  const step = (by: number) => (layer: Layer) =>
    composition.reorder(edits.reorder(layer.name), layer, place(layer) + by);
  const pick = (by: number) => (layer: Layer) =>
    composition.select(composition.layers[place(layer) + by]?.id ?? layer.id);
  return [
    on('layer-duplicate', words.duplicate, 'duplicate', ['$mod+j'], (layer) => composing.duplicate(layer)),
    on('layer-delete', words.remove, 'delete', ['Delete'], (layer) =>
      composition.remove(edits.remove(layer.name), layer),
    ),
    on('layer-up', words.up, 'up', ['$mod+BracketRight'], step(1), (layer) => !isTop(layer)),
    on('layer-down', words.down, 'down', ['$mod+BracketLeft'], step(-1), (layer) => !isBottom(layer)),
    on('layer-visible', words.visible, 'view', ['$mod+Shift+h'], (layer) => {
      const label = (layer.visible ? edits.hide : edits.show)(layer.name);
      composition.set(label, layer, { visible: !layer.visible });
    }),
    on('layer-next', words.next, 'up', ['Alt+BracketRight'], pick(1), (layer) => !isTop(layer)),
    on('layer-previous', words.previous, 'down', ['Alt+BracketLeft'], pick(-1), (layer) => !isBottom(layer)),
    {
      id: 'result-visible',
      group: 'view',
      label: words.showResult,
      icon: 'view',
      keys: ['n'],
      enabled: () => inClone(context) && composition.network !== null,
      run: () => void (composition.content = composition.content === 'network' ? 'exact' : 'network'),
    },
  ];
}

function placeActions(context: LayerContext): Action[] {
  const { composition } = context;
  const adjust = (
    id: string,
    label: string,
    icon: IconName,
    keys: string[],
    edit: string,
    change: (transform: Transform, editor: CloneEditor) => Transform,
    group: ActionGroup = 'place',
  ): Action => ({
    id,
    group,
    label,
    icon,
    ...(keys.length > 0 && { keys }),
    enabled: () => inClone(context) && composition.selected !== null,
    run: () => {
      const editor = composition.selected?.art.editor;
      editor?.put(edit, change(editor.transform, editor));
    },
  });
  const directions = [
    ['left', 'ArrowLeft', -1, 0],
    ['right', 'ArrowRight', 1, 0],
    ['up', 'ArrowUp', 0, -1],
    ['down', 'ArrowDown', 0, 1],
  ] as const;
  const { nudge, directions: names } = strings.clone;
  const { move, scale, turn } = edits.transform;
  const resize =
    (factor: number) =>
    (transform: Transform, { mask, corners }: CloneEditor) =>
      scaled(transform, mask, factor, centreOf(corners));
  const rotate =
    (by: number) =>
    (transform: Transform, { mask, corners }: CloneEditor) =>
      turned(transform, mask, transform.rotation + by, centreOf(corners));
  const flip =
    (across: 'x' | 'y') =>
    (transform: Transform, { mask, corners }: CloneEditor) =>
      flipped(transform, mask, across, centreOf(corners));
  return [
    ...[1, 10].flatMap((step) =>
      directions.map(([name, key, x, y]) =>
        adjust(
          `nudge-${name}-${step}`,
          nudge(names[name], step),
          'move',
          [step === 1 ? key : `Shift+${key}`],
          move,
          (transform) => moved(transform, step * x, step * y),
        ),
      ),
    ),
    adjust('flip-x', words.flipX, 'flip-x', ['Shift+X'], edits.flip, flip('x')),
    adjust('flip-y', words.flipY, 'flip-y', ['Shift+Y'], edits.flip, flip('y')),
    adjust('turn-right', words.clockwise, 'turn', ['.'], turn, rotate(1)),
    adjust('turn-left', words.counterclockwise, 'turn', [','], turn, rotate(-1)),
    adjust('scale-up', words.larger, 'scale', ['Shift+.', '[Shift]+>'], scale, resize(1.01)),
    adjust('scale-down', words.smaller, 'scale', ['Shift+,', '[Shift]+<'], scale, resize(1 / 1.01)),
    adjust('transform-reset', words.reset, 'reset', [], edits.transform.reset, (t, { mask, corners }) =>
      reset(t, mask, centreOf(corners)),
    ),
  ];
}
