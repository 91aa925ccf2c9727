import { createContext } from 'svelte';
import type { Registry } from './actions/registry.ts';
import type { LinkedCamera } from './canvas/linked-camera.ts';
import type { Composition, Role } from './stores/composition.svelte.ts';
import type { JobList } from './stores/job-list.svelte.ts';
import type { Masking } from './stores/masking.svelte.ts';
import type { Pictures } from './stores/pictures.svelte.ts';
import type { Inspector } from './stores/inspector.svelte.ts';
import type { OfferedPicture } from './stores/offered-pictures.ts';
import type { PictureExport } from './stores/picture-export.svelte.ts';
import type { Learn } from './stores/learn.svelte.ts';
import type { Runs } from './stores/runs.svelte.ts';
import type { Project } from './stores/project.svelte.ts';
import type { Questions } from './stores/questions.svelte.ts';
import type { Recents } from './stores/recents.svelte.ts';
import type { Session } from './stores/session.svelte.ts';
import type { Support } from './stores/support.svelte.ts';

/** What can be done with one job of the list. What fails is reported. */
export type JobDeeds = Readonly<
  Record<'show' | 'cancel' | 'end' | 'resume' | 'recover' | 'discard', (jobId: string) => void> & {
    move: (jobId: string, to: number) => void;
  }
>;

/** What a panel may reach: state to show, and actions to run. No transport, no manager. */
export interface AppContext {
  readonly session: Session;
  readonly support: Support;
  readonly pictures: Pictures;
  readonly composition: Composition;
  readonly project: Project;
  readonly masking: Masking;
  readonly questions: Questions;
  readonly recents: Recents;
  readonly camera: LinkedCamera;
  readonly cloneCameras: Readonly<Record<Role, LinkedCamera>>;
  readonly inspector: Inspector;
  readonly inspectCamera: LinkedCamera;
  readonly pictureExport: PictureExport;
  /** What can be exported now; see `offeredPictures`. */
  readonly offered: () => readonly OfferedPicture[];
  readonly runs: Runs;
  readonly learn: Learn;
  /** A sample for one of the Learn view's two photographs. */
  readonly openLesson: (slot: 'first' | 'second', name: string) => void;
  readonly jobList: JobList;
  readonly jobDeeds: JobDeeds;
  readonly registry: Registry;
  /** For the clone workspace with a role, for Reconstruct without. */
  /** Fuse the photograph on show with a sample, or with nothing. */
  readonly fuseWith: (sample: string | null) => void;
  readonly openSample: (name: string, role?: Role) => void;
}

export const [useApp, provideApp] = createContext<AppContext>();
