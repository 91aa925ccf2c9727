import { canResume, type JobCommands } from '../managers/job-commands.ts';
import { duration } from '../format.ts';
import { isActive } from '../stores/job.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface RunContext {
  readonly session: Session;
  readonly jobCommands: JobCommands;
  readonly notify: (message: string) => void;
}

const words = strings.runs;

/** What can be done with trainings beside beginning and ending them. */
export function runActions({ session, jobCommands, notify }: RunContext): Action[] {
  const time = () => {
    const { budget } = jobCommands;
    return 'seconds' in budget ? duration(budget.seconds) : '';
  };
  return [
    {
      id: 'train-further',
      group: 'train',
      get label() {
        return words.trainFurther(time());
      },
      icon: 'train',
      keys: ['$mod+Shift+Enter'],
      enabled: () => session.job?.state === 'finished' && !session.busy,
      run: () => jobCommands.trainFurther(),
    },
    {
      id: 'queue-run',
      group: 'train',
      label: words.queue,
      icon: 'add',
      workspace: 'reconstruct',
      enabled: () =>
        session.workshop === 'reconstruct' &&
        session.image !== null &&
        isActive(session.job) &&
        !session.busy,
      run: async () => {
        await jobCommands.queue();
        notify(words.queued);
      },
    },
    {
      id: 'resume-run',
      group: 'train',
      get label() {
        return session.job?.kept === true ? words.resume : words.again;
      },
      icon: 'train',
      enabled: () => canResume(session.job),
      run: async () => {
        if (session.job !== null) await jobCommands.resume(session.job.jobId);
      },
    },
    {
      id: 'end-run',
      group: 'train',
      label: words.end,
      icon: 'cancel',
      enabled: () => session.job?.silent === true && isActive(session.job),
      run: async () => {
        if (session.job !== null) await jobCommands.end(session.job.jobId);
      },
    },
    {
      id: 'runs',
      group: 'app',
      label: words.show,
      icon: 'runs',
      keys: ['r'],
      enabled: () => true,
      run: () => void (session.overlay = session.overlay === 'runs' ? null : 'runs'),
    },
  ];
}
