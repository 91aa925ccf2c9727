import { feather } from '../canvas/mask/feather.ts';
import type { MaskRaster } from '../canvas/mask/mask-raster.ts';
import type { Rectangle } from '../canvas/mask/rectangle.ts';
import { toolNames, type ToolName } from '../canvas/tools/tool.ts';
import type { IconName } from '../components/icon-names.ts';
import type { Composing } from '../managers/composing.ts';
import { contents, type Composition } from '../stores/composition.svelte.ts';
import { workspaces, type Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface CloneContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly composing: Composing;
}

const words = strings.clone;

/** Everything the user can do in the clone workspace alone. */
export function cloneActions(context: CloneContext): Action[] {
  return [
    ...openActions(context),
    ...toolActions(context),
    ...maskActions(context),
    ...contentActions(context),
  ];
}

const inClone = ({ session, composition }: CloneContext) =>
  session.workspace === 'clone' && composition.selected !== null;

function openActions({ session, composing }: CloneContext): Action[] {
  const free = () => !session.busy;
  return [
    ...workspaces.map((workspace): Action => ({
      id: `workspace-${workspace}`,
      group: 'app',
      label: words.goTo(strings.workspaces[workspace]),
      icon: workspace === 'clone' ? 'clone' : 'train',
      enabled: () => session.workspace !== workspace,
      run: () => void (session.workspace = workspace),
    })),
    {
      id: 'open-target',
      group: 'file',
      label: words.openTarget,
      icon: 'open',
      enabled: () => free() && session.workspace === 'clone',
      run: () => composing.choose('target'),
    },
    {
      id: 'open-source',
      group: 'file',
      label: words.openSource,
      workspace: 'clone',
      icon: 'open',
      keys: ['$mod+Shift+O'],
      enabled: () => free() && session.workspace === 'clone',
      run: () => composing.choose('source'),
    },
  ];
}

const toolKeys: Record<ToolName, string> = {
  move: 'v',
  brush: 'b',
  eraser: 'e',
  rectangle: 'm',
  ellipse: 'o',
  lasso: 'l',
  hand: 'h',
};

/** The brush's diameters grow by a fifth a step, and by at least a pixel. */
const larger = (size: number) => Math.min(Math.max(Math.round(size * 1.2), size + 1), 500);
const smaller = (size: number) => Math.max(Math.min(Math.round(size / 1.2), size - 1), 1);

function toolActions(context: CloneContext): Action[] {
  const { composition } = context;
  const enabled = () => inClone(context);
  const brush = (
    id: string,
    label: string,
    key: string,
    change: Partial<typeof composition.brush>,
  ): Action => ({
    id,
    group: 'tool',
    label,
    icon: 'brush',
    keys: [key],
    enabled,
    run: () => void (composition.brush = { ...composition.brush, ...change }),
  });
  const hardness = (by: number) => Math.min(Math.max(composition.brush.hardness + by, 0), 1);
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
    {
      ...brush('brush-smaller', words.brushSmaller, 'BracketLeft', {}),
      run: () => void (composition.brush = { ...composition.brush, size: smaller(composition.brush.size) }),
    },
    {
      ...brush('brush-larger', words.brushLarger, 'BracketRight', {}),
      run: () => void (composition.brush = { ...composition.brush, size: larger(composition.brush.size) }),
    },
    {
      ...brush('brush-softer', words.brushSofter, 'Shift+BracketLeft', {}),
      run: () => void (composition.brush = { ...composition.brush, hardness: hardness(-0.25) }),
    },
    {
      ...brush('brush-harder', words.brushHarder, 'Shift+BracketRight', {}),
      run: () => void (composition.brush = { ...composition.brush, hardness: hardness(0.25) }),
    },
  ];
}

function maskActions(context: CloneContext): Action[] {
  const { composition } = context;
  const enabled = () => inClone(context);
  const edit = (
    id: string,
    label: string,
    icon: IconName,
    keys: string[],
    change: (mask: MaskRaster) => Rectangle,
  ): Action => ({
    id,
    group: 'mask',
    label,
    icon,
    ...(keys.length > 0 && { keys }),
    enabled,
    run: () => composition.selected?.art.editor.edit(label, change),
  });
  return [
    edit('mask-all', words.selectAll, 'select-all', ['$mod+a'], (mask) => mask.fill(255)),
    edit('mask-clear', words.clear, 'clear', ['$mod+d'], (mask) => mask.fill(0)),
    edit('mask-invert', words.invert, 'invert', ['$mod+Shift+I'], (mask) => mask.invert()),
    edit('mask-feather', words.featherAction, 'feather', [], (mask) => feather(mask, composition.feather)),
  ];
}

function contentActions(context: CloneContext): Action[] {
  const { composition } = context;
  return contents.map((content): Action => ({
    id: `content-${content}`,
    group: 'view',
    label: words.show(words.contents[content]),
    icon: 'view',
    enabled: () => inClone(context) && (content !== 'network' || composition.network !== null),
    run: () => void (composition.content = content),
  }));
}
