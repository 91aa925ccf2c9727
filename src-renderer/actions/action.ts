import type { IconName } from '../components/icon-names.ts';
import type { Workspace } from '../stores/session.svelte.ts';

export const actionGroups = [
  'file',
  'edit',
  'tool',
  'mask',
  'layer',
  'place',
  'train',
  'view',
  'export',
  'app',
] as const;
export type ActionGroup = (typeof actionGroups)[number];

const cloneGroups: readonly ActionGroup[] = ['edit', 'tool', 'mask', 'layer', 'place'];

/** The groups that mean something in a workspace. */
export function groupsIn(workspace: Workspace): readonly ActionGroup[] {
  return actionGroups.filter((group) => workspace === 'clone' || !cloneGroups.includes(group));
}

/** Whether an action means something in a workspace, be it possible at the moment or not. */
export function belongsIn({ workspace }: Pick<Action, 'workspace'>, here: Workspace): boolean {
  return workspace === undefined || [workspace].flat().includes(here);
}

/**
 * One thing the user can do, wherever it is offered: toolbar, shortcut, menu, palette, shortcut sheet.
 *
 * `label` and `enabled` may read reactive state and are asked anew whenever it changes.
 */
export interface Action {
  readonly id: string;
  readonly group: ActionGroup;
  readonly label: string;
  /** Where there is little room; the label otherwise. */
  readonly short?: string;
  readonly icon: IconName;
  /** In tinykeys' syntax; the first is the one shown. */
  readonly keys?: readonly string[];
  /** Where it means something; everywhere if absent. */
  readonly workspace?: Workspace | readonly Workspace[];
  readonly enabled: () => boolean;
  readonly run: () => void | Promise<void>;
  /** For actions that last while their key is held. */
  readonly release?: () => void;
}
