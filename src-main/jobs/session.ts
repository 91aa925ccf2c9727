import * as v from 'valibot';
import { enclose } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import type { Checkpoint } from '../siren/checkpoint.ts';
import { Live } from './live.ts';
import { answer } from './pipeline/answer.ts';
import { openModel } from './pipeline/open-model.ts';
import { Photographs } from './pipeline/inputs/photographs.ts';
import type { Place } from './pipeline/problem.ts';
import { problemOf } from './pipeline/problem-of.ts';
import { restored } from './pipeline/restore.ts';
import { solveByNetwork, solveExactly } from './pipeline/solve.ts';
import type { FinishedSubject, Subject } from './pipeline/subject.ts';
import { toWorker } from './protocol.ts';
import type { FromWorker, Keeping, Work, WorkingArea } from './protocol.ts';
import type { Question } from './questions.ts';
import type { Task } from './tasks.ts';

/** What is left of a question that can't be read: who waits for its answer. */
const askedFor = v.object({ type: v.literal('ask'), id: v.number() });

/** The heart beats so often, ms. */
const beatEvery = 1000;

/** Where long work is, is told at most so often, ms. */
const workEvery = 100;

/** Tells of work at once where its stage changes, else at most so often. */
function paced(every: number, tell: (work: Work) => void): (work: Work) => void {
  let told: { readonly stage: Work['stage']; readonly at: number } | null = null;
  return (work) => {
    const at = performance.now();
    if (told?.stage === work.stage && at - told.at < every) return;
    told = { stage: work.stage, at };
    tell(work);
  };
}

function onTarget({ rectangle: { x, y, width, height } }: Place): Pick<WorkingArea, 'at' | 'full'> {
  return { at: { x, y }, full: { width, height } };
}

/** A job's process from the inside: one task at most, and questions about it. Knows no process and no port. */
export class Session {
  readonly #post: (message: FromWorker) => void;
  readonly #exit: () => void;
  readonly #abort = new AbortController();
  readonly #live: Live;
  readonly #photographs = new Photographs();
  /** The questions under way. */
  readonly #asked = new Map<number, AbortController>();
  #area: WorkingArea = { width: 0, height: 0 };
  #begun = false;
  /** How many works are under way that last, and what tells that it is alive while there are any. */
  #works = 0;
  #heart: ReturnType<typeof setInterval> | undefined;
  #beats = 0;
  #isFinished = false;
  #subject: Subject | null = null;

  /** @param exit ends the process */
  constructor(post: (message: FromWorker) => void, exit: () => void) {
    this.#post = post;
    this.#exit = exit;
    this.#live = new Live(post);
  }

  /** One message of the host, whatever it is. What is none of the protocol's is answered with `invalid-message`. */
  receive(message: unknown): void {
    const parsed = v.safeParse(toWorker, message);
    if (!parsed.success) {
      const why = v.summarize(parsed.issues);
      const error = new SeamfieldError('invalid-message', `This message is none of the protocol's: ${why}`);
      // Who asked waits for an answer, and for nothing else.
      const asked = v.safeParse(askedFor, message);
      if (asked.success) {
        const { id } = asked.output;
        return this.#post({ type: 'answer', id, envelope: { ok: false, error: error.toEnvelope() } });
      }
      return this.#post({ type: 'failed', error: error.toEnvelope() });
    }
    const { output } = parsed;
    switch (output.type) {
      case 'begin':
        return void this.#begin(output.task, output.keeping);
      case 'pause':
        return this.#live.pause();
      case 'continue':
        if (this.#live.continue()) this.#post({ type: 'started', ...this.#area, notes: [] });
        return;
      case 'stop':
        return this.#live.stop();
      case 'ack':
        return this.#live.ack(output.step);
      case 'forget':
        return this.#photographs.forget(output.paths);
      case 'cancel':
        for (const under of [this.#abort, ...this.#asked.values()]) under.abort();
        return this.#exit();
      case 'ask':
        return void this.#answer(output.id, output.question);
      case 'drop':
        return this.#asked.get(output.id)?.abort();
    }
  }

  async #answer(id: number, question: Question): Promise<void> {
    const own = new AbortController();
    this.#asked.set(id, own);
    const { signal } = own;
    const tell = paced(workEvery, (work: Work) => this.#post({ type: 'work', id, ...work }));
    const envelope = await this.#audibly(() =>
      enclose(() => answer(signal, question, this.#subject, this.#isFinished, this.#photographs, tell)),
    );
    this.#asked.delete(id);
    this.#post({ type: 'answer', id, envelope });
  }

  /** The heart beats while it lasts. */
  async #audibly<T>(work: () => Promise<T>): Promise<T> {
    this.#works++;
    this.#heart ??= setInterval(() => this.#post({ type: 'beat', count: ++this.#beats }), beatEvery);
    try {
      return await work();
    } finally {
      if (--this.#works === 0) {
        clearInterval(this.#heart);
        this.#heart = undefined;
      }
    }
  }

  #begin(task: Task, keeping: Keeping | undefined): Promise<void> {
    return this.#audibly(() => this.#toEnd(task, keeping));
  }

  async #toEnd(task: Task, keeping: Keeping | undefined): Promise<void> {
    try {
      if (this.#begun) throw new SeamfieldError('not-allowed', 'This process has a task already.');
      this.#begun = true;
      const finished = await this.#work(this.#abort.signal, task, keeping);
      this.#subject = finished;
      this.#isFinished = true;
      this.#post({ type: 'finished', metrics: finished.metrics });
    } catch (thrown) {
      this.#post({ type: 'failed', error: SeamfieldError.from(thrown).toEnvelope() });
    }
  }

  async #work(signal: AbortSignal, task: Task, keeping: Keeping | undefined): Promise<FinishedSubject> {
    if (task.kind === 'open') return openModel(task);
    const resume = keeping && (await this.#resumable(keeping));
    const problem = await problemOf(signal, task.kind === 'restore' ? task.task : task);
    const { width, height, notes, place } = problem;
    this.#area = { width, height, ...(place && onTarget(place)) };
    this.#post({ type: 'started', ...this.#area, notes });
    if (task.kind === 'restore') return restored(signal, problem, task);
    this.#live.begun();
    if (task.solver === 'exact') return solveExactly(signal, problem);
    this.#subject = { problem };
    return solveByNetwork(
      signal,
      problem,
      task,
      (engine, spec) => this.#live.hooks(signal, problem, { engine, spec }, task.previews ?? false),
      (exact) => {
        this.#subject = { problem, exact };
        this.#live.measureAgainst(exact);
      },
      { ...(resume && { resume }), ...(keeping && { leg: keeping.leg }) },
    );
  }

  async #resumable({ folder, leg, isOver }: Keeping): Promise<Checkpoint | undefined> {
    const checkpoints = new CheckpointFolder(folder);
    const resume = await checkpoints.newest(leg);
    if (!isOver) this.#live.keepIn(checkpoints);
    else if (resume === undefined) {
      throw new SeamfieldError('not-allowed', 'Nothing of this training was kept; train again.');
    } else this.#live.stop();
    return resume;
  }
}
