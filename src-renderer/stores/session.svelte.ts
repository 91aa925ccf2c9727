import type { AppInfo } from '../../src-shared/contract/app-schemas.ts';
import type { InterfaceSize } from '../../src-shared/contract/settings.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { View } from '../../src-shared/model/view.ts';
import type { Job } from './job.ts';
import { defaultSettings, type TrainingSettings } from './training-settings.ts';

export type Theme = 'system' | 'light' | 'dark';

export const workspaces = ['reconstruct', 'clone', 'inspect', 'learn'] as const;
export type Workspace = (typeof workspaces)[number];
/** A workspace that has a job of its own, which the inspector can look at. */
export type Workshop = Extract<Workspace, 'reconstruct' | 'clone'>;

/** A photograph that comes with the app. */
export interface Sample {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** What the right pane shows. The exact solution is a yardstick and always labelled as one. */
export type Shown = 'network' | 'exact';

/** All that the panels show except pixels. State only: whoever changes it is a manager or an action. */
export class Session {
  info = $state.raw<AppInfo | null>(null);
  samples = $state.raw<readonly Sample[]>([]);
  image = $state.raw<ImageSummary | null>(null);
  /** Whose gradients are fused with the photograph's over the whole frame; null where it is reconstructed alone. */
  second = $state.raw<ImageSummary | null>(null);
  /** The photograph's share of the fusion, 0…1. */
  alpha = $state(0.5);
  #workspace = $state<Workspace>('reconstruct');
  /** The workspace that was used last of those that have a job. */
  #workshop = $state<Workshop>('reconstruct');
  reconstruction = $state.raw<Job | null>(null);
  blend = $state.raw<Job | null>(null);
  settings = $state<TrainingSettings>({ ...defaultSettings });
  view = $state<View>('value');
  shown = $state<Shown>('network');
  /** While held, the right pane shows the photograph too. */
  holdingBefore = $state(false);
  /** A photograph is being opened, or a job accepted. */
  busy = $state(false);
  connected = $state(true);
  /** Whether the window is to be seen: not while it is minimised, or behind another tab. */
  isSeen = $state(true);
  overlay = $state<'palette' | 'shortcuts' | 'runs' | 'settings' | 'about' | 'export' | null>(null);
  theme = $state<Theme>('system');
  /** How large all but the pictures is drawn, per cent. */
  interfaceSize = $state<InterfaceSize>(100);

  get workspace(): Workspace {
    return this.#workspace;
  }

  set workspace(to: Workspace) {
    this.#workspace = to;
    if (to === 'reconstruct' || to === 'clone') this.#workshop = to;
  }

  /** What is worked on: the workspace on show, or the one that the inspector was reached from. */
  get workshop(): Workshop {
    return this.#workshop;
  }

  /** The job of what is worked on. */
  get job(): Job | null {
    return this.workshop === 'clone' ? this.blend : this.reconstruction;
  }

  set job(job: Job | null) {
    if (this.workshop === 'clone') this.blend = job;
    else this.reconstruction = job;
  }
}
