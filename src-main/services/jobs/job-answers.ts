import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { AnswerTo } from '../../jobs/answers.ts';
import type { JobProcess, Waiting } from '../../jobs/process.ts';
import type { Question } from '../../jobs/questions.ts';
import type { JobKeeping } from './job-keeping.ts';
import type { JobReport } from './job-report.ts';
import { Revived } from './revived.ts';
import type { WorkingProcess } from './working-process.ts';

interface AnswerParts {
  readonly report: Pick<JobReport, 'state' | 'hasFailed' | 'isKept' | 'read'>;
  readonly process: Pick<WorkingProcess, 'isThere' | 'alive'>;
  readonly kept: Pick<JobKeeping, 'folder'>;
  /** See Revived. */
  readonly revive: ConstructorParameters<typeof Revived>[0];
}

/** Who answers questions about a training: the process that works on it, or one that only holds what was kept of it. */
export class JobAnswers {
  readonly #parts: AnswerParts;
  readonly #revived: Revived;
  #questions = 0;
  #isClosed = false;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
    this.#revived = new Revived(parts.revive, (metrics) => parts.report.read(metrics));
  }

  /** Whether somebody waits for an answer, which may take long: a picture of many megapixels. */
  get areAwaited(): boolean {
    return this.#questions > 0;
  }

  /**
   * Throws what the process throws, and `not-allowed` where there is nothing to ask: a job that failed or was cancelled
   * has nothing to show but what was kept of it.
   */
  async ask<Q extends Question>(question: Q, waiting: Waiting): Promise<AnswerTo<Q>> {
    this.#questions++;
    try {
      const { alive } = this.#parts.process;
      // At once where it can be: what is told of the training next comes after the question.
      if (alive !== null && !this.#parts.report.hasFailed) return await alive.ask(question, waiting);
      return await (await this.#reader()).ask(question, waiting);
    } finally {
      this.#questions--;
    }
  }

  /** Who has read what was kept, where none works on it. */
  async #reader(): Promise<JobProcess> {
    const { report, process, kept } = this.#parts;
    if (this.#isClosed)
      throw new SeamfieldError('cancelled', 'Seamfield is closing, or this job is forgotten.');
    const isOver = report.state === 'failed' || report.state === 'finished';
    if (isOver && report.isKept && kept.folder !== null) return this.#revived.process();
    const why =
      report.state === 'queued' && !process.isThere
        ? 'This job waits for its turn and has nothing to show yet.'
        : 'This job came to nothing, so there is nothing of it to show.';
    throw new SeamfieldError('not-allowed', why);
  }

  /** What was kept is read anew the next time; resolves once no process holds it. */
  drop(): Promise<void> {
    return this.#revived.drop();
  }

  /** Nothing is read any more. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.drop();
  }
}
