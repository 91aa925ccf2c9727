import type { AppInfo, ImageSummary } from '../../src-shared/contract/schemas.ts';
import type { View } from '../../src-shared/model/view.ts';
import type { Job } from './job.ts';
import { defaultSettings, type TrainingSettings } from './training-settings.ts';

export type Theme = 'system' | 'light' | 'dark';

export const workspaces = ['reconstruct', 'clone'] as const;
export type Workspace = (typeof workspaces)[number];

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
  workspace = $state<Workspace>('reconstruct');
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
  overlay = $state<'palette' | 'shortcuts' | null>(null);
  theme = $state<Theme>('system');

  /** The job of the workspace on show. */
  get job(): Job | null {
    return this.workspace === 'clone' ? this.blend : this.reconstruction;
  }

  set job(job: Job | null) {
    if (this.workspace === 'clone') this.blend = job;
    else this.reconstruction = job;
  }
}
