import { describe, expect, it } from 'vitest';
import { LinkedCamera } from '../canvas/linked-camera.ts';
import type { CloneCommands } from '../managers/clone-commands.ts';
import type { Guard } from '../managers/guard.ts';
import type { Composing } from '../managers/composing.ts';
import type { Commands } from '../managers/commands.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import { newJob, type Job } from '../stores/job.ts';
import type { Inspector } from '../stores/inspector.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { appActions } from './app-actions.ts';
import { Registry } from './registry.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 9 } } as const;
const inState = (state: Job['state']): Job => ({ ...newJob('j', request), state });

function setUp(job: Job | null, image: unknown = {}) {
  const session = {
    workspace: 'reconstruct',
    workshop: 'reconstruct',
    image,
    job,
    busy: false,
    view: 'value',
    shown: 'network',
    overlay: null,
    theme: 'system',
  };
  const actions = appActions({
    session: session as unknown as Session,
    commands: {} as unknown as Commands,
    cloning: {} as unknown as CloneCommands,
    composing: {} as unknown as Composing,
    guard: {} as unknown as Guard,
    composition: {} as unknown as Composition,
    projects: { openAny: () => Promise.resolve() },
    camera: new LinkedCamera(),
    cloneCameras: { source: new LinkedCamera(), target: new LinkedCamera() },
    inspectCamera: new LinkedCamera(),
    inspector: {} as Inspector,
  });
  return { session, registry: new Registry(actions, () => undefined) };
}

const enabled = (registry: Registry) => registry.all.filter((action) => action.enabled()).map(({ id }) => id);

describe('the app’s actions', () => {
  it('offer a way in and little else before a photograph is open', () => {
    expect(enabled(setUp(null, null).registry)).toEqual(['open', 'palette', 'shortcuts', 'theme']);
  });

  it('offer to train, or to pause, stop and cancel, never both', () => {
    const training = ['train', 'pause', 'stop', 'cancel'];
    const offered = (job: Job | null) => enabled(setUp(job).registry).filter((id) => training.includes(id));
    expect(offered(null)).toEqual(['train']);
    expect(offered(inState('preparing'))).toEqual(['cancel']);
    expect(offered(inState('training'))).toEqual(['pause', 'stop', 'cancel']);
    expect(offered(inState('finished'))).toEqual(['train']);
  });

  it('offer to continue where the job is paused', () => {
    expect(setUp(inState('paused')).registry.get('pause').label).toBe('Continue');
    expect(setUp(inState('training')).registry.get('pause').label).toBe('Pause');
  });

  it('change the view of both pictures, and the theme in turn', async () => {
    const { registry, session } = setUp(null);
    await registry.run('view-laplacian');
    for (const theme of ['light', 'dark', 'system']) {
      await registry.run('theme');
      expect(session.theme).toBe(theme);
    }
    expect(session.view).toBe('laplacian');
  });
});
