import type { Composition } from '../stores/composition.svelte.ts';
import type { Session, Workshop } from '../stores/session.svelte.ts';
import type { Watched } from './job-watcher.ts';

/** The session as the watcher of one workspace's job sees it, whichever is on show. */
export function reconstructing(session: Session): Watched {
  return {
    get isLookedAt() {
      return isOnShow(session, 'reconstruct');
    },
    get job() {
      return session.reconstruction;
    },
    set job(job) {
      session.reconstruction = job;
    },
    get image() {
      return session.image;
    },
    set image(image) {
      session.image = image;
    },
    get second() {
      return session.second;
    },
    set second(second) {
      session.second = second;
    },
    get alpha() {
      return session.alpha;
    },
    set alpha(alpha) {
      session.alpha = alpha;
    },
  };
}

/** A blend has no photograph of its own to lose: its composition stays open. */
export function blending(session: Session, composition: Composition): Watched {
  return {
    get isLookedAt() {
      const isChosen = session.workspace === 'inspect' || composition.content === 'network';
      return isChosen && isOnShow(session, 'clone');
    },
    get job() {
      return session.blend;
    },
    set job(job) {
      session.blend = job;
    },
    image: null,
    second: null,
    alpha: 0.5,
  };
}

/** Whether what a workspace's job comes to is before somebody's eyes: there, or in the inspector reached from it. */
function isOnShow({ isSeen, workspace, workshop }: Session, which: Workshop): boolean {
  return isSeen && workshop === which && workspace !== 'learn';
}
