import { open } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import { deathOf, fellSilent, outgrown } from './death-of.ts';
import { defined } from './defined.ts';
import type { ChildPort, ExitStatus, Launch } from './port.ts';
import type { AnswerTo } from './answers.ts';
import type { FromWorker, Keeping, Preview, ProgressReport, Work, WorkingArea } from './protocol.ts';
import type { Question } from './questions.ts';
import type { Task } from './tasks.ts';
import { Silence } from './silence.ts';

/** What a job tells of itself. After `finished` or `failed` nothing but answers comes. */
export interface JobEvents {
  started?(area: WorkingArea, notes: readonly string[]): void;
  paused?(): void;
  progress?(report: ProgressReport): void;
  preview?(preview: Preview): void;
  /** All of the training up to `step` is on disk. */
  checkpoint?(step: number): void;
  unsaved?(error: SeamfieldError): void;
  /** With true: nothing was heard of a working process for suspiciously long; with false: it speaks again. */
  silent?(isSilent: boolean): void;
  finished?(metrics: Metrics): void;
  /** `cancelled` where it was asked for, `job-died` where the process ended by itself. */
  failed?(error: SeamfieldError): void;
}

/** How long a process may take to end by itself before it is killed, ms. */
export const patience = 250;

/** How somebody waits for an answer. */
export interface Waiting {
  /** Raised where it is not wanted any more. */
  readonly signal?: AbortSignal;
  /** Told where the work on it is. */
  readonly work?: (work: Work) => void;
}

interface Pending extends Pick<Waiting, 'work'> {
  resolve(answer: never): void;
  reject(error: SeamfieldError): void;
}

/** One process that works on at most one task and then answers questions about it, until it is closed. */
export class JobProcess {
  readonly #port: ChildPort;
  readonly #events: JobEvents;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  readonly #listenEvery: number;
  #silence = new Silence('answering');
  /** What was asked and has not been answered, be it that nobody waits for it any more. */
  readonly #owed = new Set<number>();
  #listening: ReturnType<typeof setInterval> | undefined;
  #lastQuestion = 0;
  #hasTask = false;
  #settled = false;
  #end: SeamfieldError | null = null;

  /** @param listenEvery ms between two looks for a sign of life */
  constructor(launch: Launch, events: JobEvents = {}, listenEvery = 1000) {
    this.#events = events;
    this.#listenEvery = listenEvery;
    this.#port = launch();
    this.#port.onMessage((message) => this.#receive(message));
    this.#exited = new Promise((resolve) => {
      this.#port.onExit((status) => {
        this.#close(status);
        resolve();
      });
    });
  }

  /** Whether nothing can be asked of it any more. */
  get hasEnded(): boolean {
    return this.#end !== null;
  }

  begin(task: Task, keeping?: Keeping): void {
    this.#port.send({ type: 'begin', task, ...(keeping && { keeping }) });
    this.#hasTask = true;
    this.#silence = new Silence();
    this.#listen();
  }

  pause(): void {
    this.#port.send({ type: 'pause' });
  }

  continue(): void {
    this.#port.send({ type: 'continue' });
  }

  /** Ends training with the best network so far; `finished` follows. */
  stop(): void {
    this.#port.send({ type: 'stop' });
  }

  ack(step: number): void {
    this.#port.send({ type: 'ack', step });
  }

  /** What it may hold of these files, nobody will ask for again. */
  forget(paths: readonly string[]): void {
    this.#port.send({ type: 'forget', paths: [...paths] });
  }

  /**
   * Rejects with what the process threw, `job-died` or `cancelled` where it ends before it answers, and `cancelled` at
   * once where the signal is raised. A process that has no task under way and gives no sign of life is ended.
   */
  ask<Q extends Question>(question: Q, { signal, work }: Waiting = {}): Promise<AnswerTo<Q>> {
    if (this.#end !== null) return Promise.reject(this.#end);
    const dropped = () => new SeamfieldError('cancelled', 'What was asked for was cancelled.');
    if (signal?.aborted === true) return Promise.reject(dropped());
    const id = ++this.#lastQuestion;
    return new Promise<AnswerTo<Q>>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, ...defined({ work }) });
      signal?.addEventListener('abort', () => {
        if (!this.#pending.delete(id)) return;
        this.#port.send({ type: 'drop', id });
        reject(dropped());
      });
      this.#owed.add(id);
      this.#port.send({ type: 'ask', id, question });
      this.#listen();
    });
  }

  /** Ends the process and drops its work: asks, waits no longer than `patience`, kills. Resolves once it is gone. */
  async cancel(): Promise<void> {
    this.#end ??= new SeamfieldError('cancelled', 'The job was cancelled.');
    this.#port.send({ type: 'cancel' });
    const timer = setTimeout(() => this.#port.kill(), patience);
    await this.#exited;
    clearTimeout(timer);
  }

  /** Ends the process at once; what it worked on fails with `why`. */
  end(why: SeamfieldError): void {
    this.#end ??= why;
    this.#fail(why);
    this.#port.kill();
  }

  #receive(message: FromWorker): void {
    if (this.#silence.heard(message.type === 'progress') && this.#isWorking) this.#events.silent?.(false);
    if (message.type === 'answer') {
      this.#owed.delete(message.id);
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (pending === undefined) return;
      try {
        pending.resolve(open(message.envelope) as never);
      } catch (thrown) {
        pending.reject(SeamfieldError.from(thrown));
      }
      return;
    }
    if (message.type === 'work') return this.#pending.get(message.id)?.work?.(message);
    if (message.type === 'outgrown') return this.end(outgrown(message.bytes));
    if (this.#settled || this.#end !== null) return;
    const events = this.#events;
    switch (message.type) {
      case 'started':
        return events.started?.(message, message.notes);
      case 'paused':
        return events.paused?.();
      case 'progress':
        return events.progress?.(message);
      case 'preview':
        return events.preview?.(message);
      case 'beat':
        return;
      case 'checkpoint':
        return events.checkpoint?.(message.step);
      case 'unsaved':
        return events.unsaved?.(SeamfieldError.fromEnvelope(message.error));
      case 'finished':
        this.#settle();
        return events.finished?.(message.metrics);
      case 'failed':
        return this.#fail(SeamfieldError.fromEnvelope(message.error));
    }
  }

  #fail(error: SeamfieldError): void {
    if (this.#settled) return;
    this.#settle();
    this.#events.failed?.(error);
  }

  #settle(): void {
    this.#settled = true;
    this.#silence = new Silence('answering');
  }

  /** Whether its task is under way. */
  get #isWorking(): boolean {
    return this.#hasTask && !this.#settled;
  }

  /** Looks for signs of life as long as any are due. */
  #listen(): void {
    this.#listening ??= setInterval(() => this.#tick(), this.#listenEvery).unref();
  }

  /** Of a task that falls silent a person decides: it may have hours of work in it. A question can be asked again. */
  #tick(): void {
    if (!this.#isWorking && this.#owed.size === 0) return this.#rest();
    if (!this.#silence.tick()) return;
    if (this.#isWorking) this.#events.silent?.(true);
    else this.end(fellSilent());
  }

  #rest(): void {
    clearInterval(this.#listening);
    this.#listening = undefined;
  }

  #close({ code, signal }: ExitStatus): void {
    this.#rest();
    this.#owed.clear();
    this.#end ??= new SeamfieldError('job-died', deathOf({ code, signal }), { code, signal });
    const end = this.#end;
    this.#fail(end);
    for (const { reject } of this.#pending.values()) reject(end);
    this.#pending.clear();
  }
}
