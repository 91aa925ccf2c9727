import { untrack } from 'svelte';
import { LinkedCamera } from './canvas/linked-camera.ts';
import { InspectCommands } from './managers/inspect-commands.ts';
import { InspectLoader } from './managers/inspect-loader.ts';
import { ProbeAsker } from './managers/probe-asker.ts';
import { report } from './managers/report.ts';
import { RunLog } from './managers/run-log.ts';
import type { Composition } from './stores/composition.svelte.ts';
import { Inspector, type PaneChoice } from './stores/inspector.svelte.ts';
import type { Pictures } from './stores/pictures.svelte.ts';
import { Runs } from './stores/runs.svelte.ts';
import type { Session } from './stores/session.svelte.ts';
import type { Transport } from './transport/transport.ts';

/** What the inspector shows, and what keeps it going. */
export interface Inspection {
  readonly inspector: Inspector;
  readonly inspectCamera: LinkedCamera;
  readonly runs: Runs;
  readonly inspecting: InspectCommands;
  /** Listen to the host. Returns the undoing. */
  readonly start: () => () => void;
  /** Ask the host for what this page has missed. */
  readonly catchUp: () => Promise<void>;
}

/** Call while a component is being set up: its effects end with that component. */
export function createInspection(
  transport: Transport,
  session: Session,
  pictures: Pictures,
  composition: Composition,
): Inspection {
  const inspector = new Inspector();
  const runs = new Runs();
  const inspectCamera = new LinkedCamera();
  const loader = new InspectLoader(transport, inspector, report);
  const inspecting = new InspectCommands(transport, session, inspector);
  const asker = new ProbeAsker(transport, (probed) => (inspector.probed = probed));
  const log = new RunLog(transport, runs);
  const before = (choice: PaneChoice): PaneChoice => ({ ...choice, of: 'photograph', minus: null });

  // Progress makes another job of it several times a second; what there is to see of it hangs on these alone.
  const jobId = $derived(session.job?.jobId);
  const state = $derived(session.job?.state);
  const steps = $derived(session.job?.metrics.steps);
  $effect(() => {
    if (session.workspace !== 'inspect') return;
    void [jobId, state, steps];
    const { workshop, holdingBefore } = session;
    const choices = holdingBefore ? inspector.shown.map(before) : inspector.shown;
    const preview = workshop === 'clone' ? composition.preview : pictures.preview;
    untrack(() => void loader.update(session.job, choices, preview));
  });
  $effect(() => {
    if (session.workspace !== 'inspect') return;
    void session.job?.state;
    untrack(() => void inspecting.updateSeam().catch(report));
  });
  $effect(() => {
    const { at } = inspector;
    const { job } = session;
    const jobId =
      session.workspace === 'inspect' && !['queued', 'preparing'].includes(job?.state ?? '')
        ? (job?.jobId ?? null)
        : null;
    untrack(() => asker.ask(jobId, at));
  });
  $effect(() => {
    if (inspector.active >= inspector.paneCount) inspector.active = 0;
  });
  $effect(() => {
    // What is inspected is also the run that is looked at, until another is chosen.
    runs.selected = session.job?.jobId ?? null;
    inspector.line = null;
    inspector.at = null;
  });

  return {
    inspector,
    inspectCamera,
    runs,
    inspecting,
    start: () => log.start(),
    catchUp: () => log.catchUp(),
  };
}
