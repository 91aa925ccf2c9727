import { beforeEach, describe, expect, it } from 'vitest';
import type { JobSummary } from '../../../src-shared/contract/job-schemas.ts';
import type { JobEvents, JobProcess } from '../../jobs/process.ts';
import type { Question } from '../../jobs/questions.ts';
import { JobAnswers } from './job-answers.ts';
import type { JobFolder } from './job-folder.ts';

const question = {} as Question;
const answering = (answer: string) =>
  ({
    hasEnded: false,
    ask: () => Promise.resolve(answer),
    cancel: () => Promise.resolve(),
  }) as unknown as JobProcess;

const working = answering('by the one that works');
const report = {
  state: 'training' as JobSummary['state'],
  hasFailed: false,
  isKept: false,
  read: () => undefined,
};
const process = { isThere: true, alive: working as JobProcess | null };
const kept = { folder: null as JobFolder | null };
let answers: JobAnswers;

beforeEach(() => {
  Object.assign(report, { state: 'training', hasFailed: false, isKept: false });
  Object.assign(process, { isThere: true, alive: working });
  kept.folder = null;
  const revive = (events: JobEvents) => {
    const reader = answering('by one that read it');
    queueMicrotask(() => events.finished?.({ psnr: 40 }));
    return reader;
  };
  answers = new JobAnswers({ report, process, kept, revive });
});

describe('a question about a training', () => {
  it('is answered by the process that works on it, and awaited as long', async () => {
    const answer = answers.ask(question, {});
    expect(answers.areAwaited).toBe(true);
    expect(await answer).toBe('by the one that works');
    expect(answers.areAwaited).toBe(false);
  });

  it('is answered by a process that reads what was kept where the first is gone', async () => {
    Object.assign(report, { state: 'finished', isKept: true });
    process.alive = null;
    kept.folder = {} as JobFolder;
    expect(await answers.ask(question, {})).toBe('by one that read it');
  });

  it('is refused, with why, where there is nobody to ask', async () => {
    Object.assign(process, { isThere: false, alive: null });
    report.state = 'queued';
    await expect(answers.ask(question, {})).rejects.toThrow('waits for its turn');
    report.state = 'cancelled';
    await expect(answers.ask(question, {})).rejects.toThrow('came to nothing');
    await answers.close();
    await expect(answers.ask(question, {})).rejects.toThrow('closing');
    expect(answers.areAwaited).toBe(false);
  });
});
