import type { JobRequest } from '../src-shared/contract/training-schemas.ts';

/** The words of the list of trainings: what waits, runs, and is over. */
export const runStrings = {
  title: 'Trainings',
  show: 'Trainings and their queue',
  trigger: (active: number) =>
    active === 0 ? 'Trainings' : active === 1 ? '1 training' : `${active} trainings`,
  empty: 'Nothing trained yet. What you train is listed here, and what waits for its turn.',
  kinds: { reconstruct: 'Reconstruct', fuse: 'Fuse', clone: 'Clone' } satisfies Record<
    JobRequest['kind'],
    string
  >,
  /** Tells two trainings on one photograph apart. */
  kindOf: (request: JobRequest) => {
    const kind = runStrings.kinds[request.kind];
    return request.kind === 'reconstruct' && request.from === 'laplacian' ? `${kind}, Laplacian` : kind;
  },
  trainFurther: (time: string) => `Train further, ${time}`,
  queue: 'Queue another with these settings',
  queued: 'Queued: it begins when the trainings before it are over',
  resume: 'Continue',
  again: 'Begin again',
  end: 'End it and keep its network',
  waiting: (position: number) => (position === 1 ? 'Next in the queue' : `Number ${position} in the queue`),
  begins: (time: string) => `begins in about ${time}`,
  left: (time: string) => `${time} left`,
  silent: 'The training process has not answered for a while. It may be busy, or it may hang.',
  kept: 'Its best network is kept: look at it, export it, or continue.',
  lost: 'Nothing of it could be kept.',
  actions: {
    show: (name: string) => `Show ${name}`,
    up: (name: string) => `Move ${name} up in the queue`,
    down: (name: string) => `Move ${name} down in the queue`,
    cancel: (name: string) => `Cancel ${name}`,
    end: (name: string) => `End ${name}, which does not answer`,
    resume: (name: string) => `Continue ${name}`,
    discard: (name: string) => `Forget ${name}`,
  },
  before: {
    title: 'From before',
    offer: (count: number) =>
      count === 1
        ? 'A training from before can be continued: see Trainings.'
        : `${count} trainings from before can be continued: see Trainings.`,
    hint: 'Seamfield ended while these were trained.',
    done: (percent: number) => `${percent} % done`,
    finished: 'finished',
    resume: 'Continue',
    open: 'Open',
  },
} as const;
