import { untrack } from 'svelte';
import type { CloneCommands } from './managers/clone-commands.ts';
import type { Composition } from './stores/composition.svelte.ts';
import { hasNetwork } from './stores/job.ts';
import type { Session } from './stores/session.svelte.ts';

/** Milliseconds that a composition is left alone before its exact preview is solved more finely. */
const restBeforeDetail = 250;

interface Previewed {
  readonly session: Session;
  readonly composition: Composition;
  readonly cloning: CloneCommands;
  readonly report: (error: unknown) => void;
}

/**
 * Has what is shown of a composition follow it: its exact solution, coarse at once and finer at rest, and what the
 * running blend makes of it. Call while a component is being set up.
 */
export function keepClonePreviews({ session, composition, cloning, report }: Previewed): void {
  $effect(() => {
    if (composition.wantsSolution) untrack(() => void cloning.solve().catch(report));
  });
  $effect(() => {
    void composition.version;
    if (!composition.wantsDetail) return;
    const rest = setTimeout(() => void cloning.refine().catch(report), restBeforeDetail);
    return () => clearTimeout(rest);
  });
  // Progress makes another job of it several times a second; what is shown of it hangs on these alone.
  const blendId = $derived(session.blend?.jobId);
  const blendArea = $derived(session.blend?.area);
  const blendHasNetwork = $derived(hasNetwork(session.blend));
  $effect(() => {
    const { preview } = composition;
    // All of them are read here: behind a preview the end would go unseen.
    void [blendArea, blendHasNetwork];
    if (blendId !== undefined && (preview !== null || blendHasNetwork)) {
      untrack(() => void cloning.showBlend(preview).catch(report));
    }
  });
}
