import type { CloneEditor } from '../canvas/clone-editor.ts';
import { feather, smooth } from '../canvas/mask/feather.ts';
import { fillHoles } from '../canvas/mask/fill-holes.ts';
import { grow, shrink } from '../canvas/mask/grow.ts';
import type { MaskRaster } from '../canvas/mask/mask-raster.ts';
import type { Rectangle } from '../canvas/mask/rectangle.ts';
import { toolNames, type BrushSettings, type ToolName } from '../canvas/tools/tool.ts';
import type { IconName } from '../components/icon-names.ts';
import type { MaskCommands } from '../managers/mask-commands.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import { edgeStyles, type Masking } from '../stores/masking.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { maskStrings as words } from '../strings-masks.ts';
import type { Action } from './action.ts';

export interface MaskContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly masking: Masking;
  readonly masks: MaskCommands;
  /** What is edited now; null where nothing is. */
  readonly editor: () => CloneEditor | null;
}

/** Tools and everything that is done to a mask as a whole. */
export function maskActions(context: MaskContext): Action[] {
  return [
    ...toolActions(context),
    ...wholeActions(context),
    ...amountActions(context),
    ...fromActions(context),
    ...edgeActions(context),
  ];
}

const inClone = ({ session, editor }: MaskContext) => session.workspace === 'clone' && editor() !== null;

const toolKeys: Record<ToolName, string> = {
  move: 'v',
  brush: 'b',
  eraser: 'e',
  rectangle: 'm',
  ellipse: 'o',
  lasso: 'l',
  polygon: 'p',
  wand: 'w',
  hand: 'h',
};

const [smallest, largest] = [1, 500];
/** The brush's diameters grow by a fifth a step, and by at least a pixel. */
const larger = (size: number) => Math.min(Math.max(Math.round(size * 1.2), size + 1), largest);
const smaller = (size: number) => Math.max(Math.min(Math.round(size / 1.2), size - 1), smallest);

function toolActions(context: MaskContext): Action[] {
  const { composition, masking } = context;
  const enabled = () => inClone(context);
  const brush = (
    id: string,
    label: string,
    key: string,
    change: (brush: BrushSettings) => Partial<BrushSettings>,
  ): Action => ({
    id,
    group: 'tool',
    label,
    icon: 'brush',
    keys: [key],
    enabled,
    run: () => void (masking.brush = { ...masking.brush, ...change(masking.brush) }),
  });
  const harder =
    (by: number) =>
    ({ hardness }: BrushSettings) => ({
      hardness: Math.min(Math.max(hardness + by, 0), 1),
    });
  return [
    ...toolNames.map((name): Action => ({
      id: `tool-${name}`,
      group: 'tool',
      label: words.tools[name],
      icon: name satisfies IconName,
      keys: [toolKeys[name]],
      enabled,
      run: () => void (composition.tool = name),
    })),
    brush('brush-smaller', words.brushSmaller, 'BracketLeft', ({ size }) => ({ size: smaller(size) })),
    brush('brush-larger', words.brushLarger, 'BracketRight', ({ size }) => ({ size: larger(size) })),
    brush('brush-softer', words.brushSofter, 'Shift+BracketLeft', harder(-0.25)),
    brush('brush-harder', words.brushHarder, 'Shift+BracketRight', harder(0.25)),
  ];
}

/** What a whole mask becomes. Its label is what the edit is called in the history. */
type Whole = readonly [
  id: string,
  name: 'selectAll' | 'clear' | 'invert' | 'fillHoles',
  icon: IconName,
  keys: readonly string[],
  change: (mask: MaskRaster) => Rectangle,
];

function wholeActions(context: MaskContext): Action[] {
  const all: readonly Whole[] = [
    ['mask-all', 'selectAll', 'select-all', ['$mod+a'], (mask) => mask.fill(255)],
    ['mask-clear', 'clear', 'clear', ['$mod+d'], (mask) => mask.clear()],
    ['mask-invert', 'invert', 'invert', ['$mod+Shift+I'], (mask) => mask.invert()],
    ['mask-fill-holes', 'fillHoles', 'fill-holes', [], fillHoles],
  ];
  return all.map(([id, name, icon, keys, change]): Action => ({
    id,
    group: 'mask',
    label: words[name],
    short: words.short[name],
    icon,
    ...(keys.length > 0 && { keys }),
    enabled: () => inClone(context),
    run: () => context.editor()?.edit(words[name], change),
  }));
}

function amountActions(context: MaskContext): Action[] {
  const { masking } = context;
  const all = [
    ['grow', 'Shift+Equal', grow],
    ['shrink', 'Shift+Minus', shrink],
    ['feather', null, feather],
    ['smooth', null, smooth],
  ] as const;
  return all.map(([name, key, change]): Action => ({
    id: `mask-${name}`,
    group: 'mask',
    get label() {
      return words[name](masking.amount);
    },
    short: words.short[name],
    icon: name,
    ...(key !== null && { keys: [key] }),
    enabled: () => inClone(context),
    run: () => {
      const { amount } = masking;
      context.editor()?.edit(words[name](amount), (mask) => change(mask, amount));
    },
  }));
}

function fromActions(context: MaskContext): Action[] {
  const { session, composition, masks, editor } = context;
  const enabled = () => inClone(context) && !session.busy;
  const from = (
    id: string,
    name: 'fromAlpha' | 'fromPicture',
    run: (editor: CloneEditor) => Promise<void>,
  ): Action => ({
    id,
    group: 'mask',
    label: words[name],
    short: words.short[name],
    icon: 'picture',
    enabled,
    run: async () => {
      const edited = editor();
      if (edited !== null) await run(edited);
    },
  });
  return [
    from('mask-from-alpha', 'fromAlpha', async (edited) => {
      const source = composition.selected?.source.summary;
      if (source !== undefined) await masks.fromAlpha(edited, source);
    }),
    from('mask-from-picture', 'fromPicture', (edited) => masks.fromPicture(edited)),
  ];
}

function edgeActions(context: MaskContext): Action[] {
  const { masking } = context;
  return edgeStyles.map((edge): Action => ({
    id: `mask-edge-${edge}`,
    group: 'view',
    workspace: 'clone',
    label: words.edgeActions[edge],
    icon: 'view',
    enabled: () => inClone(context) && masking.overlay.edge !== edge,
    run: () => void (masking.overlay = { ...masking.overlay, edge }),
  }));
}
