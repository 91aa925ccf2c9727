import type { ImageSummary } from '../../src-shared/contract/schemas.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';
import type { CloneLayers } from '../canvas/clone-layers.ts';
import type { Patch } from '../canvas/clone-pane.ts';
import type { BrushSettings, ToolName } from '../canvas/tools/tool.ts';
import type { Plane } from './picture.ts';
import type { BudgetName } from './training-settings.ts';

export const roles = ['source', 'target'] as const;
export type Role = (typeof roles)[number];

/** A photograph of the composition. `picture` holds its pixels. */
export interface Opened {
  readonly summary: ImageSummary;
  readonly picture: OffscreenCanvas;
}

/** What was made of the composition in one of its states. */
export interface Made extends Patch {
  readonly state: string;
}

/** What lies on the target: as it is cut out, as the field's exact solution, or as the network has it. */
export const contents = ['paste', 'exact', 'network'] as const;
export type Content = (typeof contents)[number];

export const overlayColours = {
  red: [230, 40, 60],
  green: [30, 200, 90],
  blue: [40, 120, 255],
} as const;
export type OverlayColour = keyof typeof overlayColours;

/** What is cloned onto what, and how it is shown. Pixels and mask are held by the canvas core. */
export class Composition {
  source = $state.raw<Opened | null>(null);
  target = $state.raw<Opened | null>(null);
  /** The mask on the source, the source's place, their history, and what panes draw of them. */
  layers = $state.raw<CloneLayers | null>(null);
  /** Counts every change of mask, place and history, for whatever is derived from them. */
  version = $state(0);
  tool = $state<ToolName>('move');
  brush = $state.raw<BrushSettings>({ size: 32, hardness: 0.5, spacing: 0.15 });
  feather = $state(6);
  overlay = $state<{ colour: OverlayColour; opacity: number }>({ colour: 'red', opacity: 0.4 });
  mode = $state<FusionMode>('import');
  alpha = $state(0.5);
  budget = $state<BudgetName>('draft');
  seconds = $state(20);
  /** The wish; what is not there yet, or not any more, gives way to the paste. */
  content = $state<Content>('paste');
  exact = $state.raw<Made | null>(null);
  network = $state.raw<Made | null>(null);
  /** The running blend's latest picture, as values. */
  preview = $state.raw<Plane | null>(null);

  get isOpen(): boolean {
    return this.source !== null || this.target !== null;
  }

  get isComplete(): boolean {
    return this.source !== null && this.target !== null && this.layers !== null;
  }

  /** Names the state that everything is in; undoing brings a name back. */
  get state(): string {
    void this.version;
    const { source, target, layers, mode, alpha } = this;
    const kept = layers?.editor.history.state;
    return [source?.summary.id, target?.summary.id, kept, mode, mode === 'average' ? alpha : ''].join(' ');
  }

  /** Names what is seen at this moment, in the middle of a gesture too. */
  get live(): string {
    const { state, layers } = this;
    const { x = 0, y = 0 } = layers?.editor.place ?? {};
    return `${state} ${layers?.editor.maskVersion ?? 0} ${x} ${y}`;
  }

  /** Whether the mask selects anything. */
  get hasMask(): boolean {
    void this.version;
    return this.layers !== null && !this.layers.editor.mask.isEmpty;
  }
}

/** What the target's pane shows, by the wish and by what there is. A stale exact solution may lag behind a drag. */
export function contentShown({
  content,
  network,
  exact,
  state,
}: Pick<Composition, 'content' | 'network' | 'exact' | 'state'>): Content {
  if (content === 'network' && network?.state === state) return 'network';
  if (content === 'exact' && exact !== null) return 'exact';
  return 'paste';
}
