import type { Session } from '../stores/session.svelte.ts';
import type { Watched } from './job-watcher.ts';

/** The session as the watcher of one workspace's job sees it, whichever is on show. */
export function reconstructing(session: Session): Watched {
  return {
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
export function blending(session: Session): Watched {
  return {
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
