import { createContext } from 'svelte';
import type { Registry } from './actions/registry.ts';
import type { LinkedCamera } from './canvas/linked-camera.ts';
import type { Pictures } from './stores/pictures.svelte.ts';
import type { Session } from './stores/session.svelte.ts';

/** What a panel may reach: state to show, and actions to run. No transport, no manager. */
export interface AppContext {
  readonly session: Session;
  readonly pictures: Pictures;
  readonly camera: LinkedCamera;
  readonly registry: Registry;
}

export const [useApp, provideApp] = createContext<AppContext>();
