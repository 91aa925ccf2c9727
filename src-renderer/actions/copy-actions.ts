import { canvasOf } from '../canvas/clone-layers.ts';
import { flattened } from '../canvas/flatten.ts';
import { toPixels } from '../components/to-pixels.ts';
import { copyPicture } from '../managers/clipboard.ts';
import type { CloneCommands } from '../managers/clone-commands.ts';
import { contentShown, resolutionOf, type Composition } from '../stores/composition.svelte.ts';
import { pixelsOfInspected, rangesOf } from '../stores/inspected.ts';
import type { Inspector } from '../stores/inspector.svelte.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface CopyContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly pictures: Pictures;
  readonly inspector: Inspector;
  readonly cloning: CloneCommands;
  /** Tell the user that something was done. */
  readonly notify: (message: string) => void;
}

const words = strings.composition;

/** What is on show, to the clipboard: a clone's target, the right picture of a reconstruction, an inspected pane. */
export function copyActions(context: CopyContext): Action[] {
  const { session, composition, pictures, inspector } = context;
  const copies = {
    reconstruct: { isThere: () => pictures.photograph !== null, copy: copyReconstruction },
    clone: { isThere: () => composition.target !== null, copy: copyClone },
    inspect: { isThere: () => (inspector.pictures[inspector.active] ?? null) !== null, copy: copyPane },
    learn: { isThere: () => false, copy: () => Promise.resolve() },
  } as const;
  return [
    {
      id: 'copy-picture',
      group: 'export',
      label: words.actions.copy,
      icon: 'copy',
      keys: ['$mod+c'],
      enabled: () => copies[session.workspace].isThere(),
      run: () => copies[session.workspace].copy(context),
    },
  ];
}

async function copyClone({ session, composition, cloning, notify }: CopyContext): Promise<void> {
  const { target } = composition;
  if (target === null) return;
  const before = session.holdingBefore;
  const shown = composition.onTarget;
  const isReduced = shown.some((part) => !('art' in part) && resolutionOf(part) !== null);
  const whole = isReduced && !before ? [await cloning.exactPatch()] : shown;
  await copyPicture(flattened(target.picture, before ? [] : whole));
  notify(words.copied[before ? 'before' : contentShown(composition)]);
}

async function copyReconstruction({ session, pictures, notify }: CopyContext): Promise<void> {
  const { photograph, result } = pictures;
  const isResult = result !== null && !session.holdingBefore;
  const picture = isResult ? result : photograph;
  if (picture === null) return;
  await copyPicture(canvasOf(toPixels(picture, photograph)));
  notify(words.copied[!isResult ? 'photograph' : session.shown]);
}

async function copyPane({ inspector, notify }: CopyContext): Promise<void> {
  const { active, pictures } = inspector;
  const [picture, range] = [pictures[active] ?? null, rangesOf(pictures)[active] ?? null];
  if (picture === null || range === null) return;
  await copyPicture(canvasOf(pixelsOfInspected(picture, range)));
  notify(words.copied.pane);
}
