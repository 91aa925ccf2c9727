import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fork } from 'node:child_process';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import type { Launch } from '../../src-main/jobs/port.ts';
import { createServices } from '../../src-main/services/services.ts';
import type { Ports } from '../../src-main/services/ports.ts';
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { EventMessage, EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import { built, root } from './seamfield.ts';
import { until } from '../until.ts';

type Reconstruct = Extract<JobRequest, { kind: 'reconstruct' }>;

/** The services in this process over real job processes, whose folder outlives them. */
export class JobsUnderTest {
  readonly told: EventMessage[] = [];
  /** Of every process that was launched, in order. */
  readonly pids: number[] = [];
  readonly folder: string;
  readonly services: ReturnType<typeof createServices>;
  exported: Uint8Array | undefined;
  #launchesStopped = false;
  /** What is waited for; `take` says whether it has come. */
  readonly #waiting = new Set<{ readonly what: string; take(message: EventMessage): boolean }>();

  private constructor(folder: string, ports: Partial<Ports>) {
    this.folder = folder;
    this.services = createServices({
      host: 'browser',
      version: '0.0.0',
      launch: this.#launch,
      samplesFolder: join(root, 'assets/samples'),
      jobsFolder: join(folder, 'jobs'),
      dataFolder: folder,
      emit: (message) => this.#tell(message),
      deliver: ({ name, bytes }) => {
        this.exported = bytes;
        return Promise.resolve({ saved: true, name });
      },
      ...ports,
    });
  }

  static async open(ports: Partial<Ports> = {}, folder?: string): Promise<JobsUnderTest> {
    return new JobsUnderTest(folder ?? (await mkdtemp(join(tmpdir(), 'seamfield-jobs-'))), ports);
  }

  #tell(message: EventMessage): void {
    this.told.push(message);
    for (const waiting of this.#waiting) if (waiting.take(message)) this.#waiting.delete(waiting);
  }

  /** As the app's own launcher, and remembers the process. */
  readonly #launch: Launch = () => {
    const remembered = ((...args: Parameters<typeof fork>) => {
      const child = fork(...args);
      if (child.pid !== undefined) this.pids.push(child.pid);
      if (this.#launchesStopped) child.kill('SIGSTOP');
      return child;
    }) as typeof fork;
    return forkLauncher(built('main/worker.js'), remembered)();
  };

  ask<C extends Channel>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>> {
    return Promise.resolve(this.services.handlers[channel](request));
  }

  /** @param isStopped whether its process stands still before it hears anything; Windows knows no such thing */
  async start(changes: Partial<Reconstruct> = {}, isStopped = false): Promise<string> {
    const { id } = await this.ask('images:open-sample', { name: 'coffee' });
    const request: Reconstruct = {
      kind: 'reconstruct',
      imageId: id,
      from: 'gradient',
      size: 32,
      hidden: 16,
      threads: 1,
      budget: { steps: 60 },
      ...changes,
    };
    this.#launchesStopped = isStopped;
    const { jobId } = await this.ask('jobs:start', request);
    this.#launchesStopped = false;
    return jobId;
  }

  /** The first such event of a job after `after` messages, at the moment that it is told. */
  next<E extends EventName>(event: E, jobId: string, after = 0): Promise<EventOf<E>> {
    const of = (message: EventMessage) =>
      message.event === event && 'jobId' in message.payload && message.payload.jobId === jobId;
    const found = this.told.slice(after).find(of);
    if (found !== undefined) return Promise.resolve(found.payload as EventOf<E>);
    return new Promise((resolve) => {
      this.#waiting.add({
        what: `${event} of ${jobId}`,
        take: (message) => of(message) && (resolve(message.payload as EventOf<E>), true),
      });
    });
  }

  /** Once all of the job up to some step is on disk. */
  async kept(jobId: string): Promise<void> {
    await until(async () => {
      if ((await this.ask('jobs:get', { jobId })).kept !== true) throw new Error('not kept yet');
    });
  }

  /** When the latest of a job was put on disk, ms since 1970. */
  async keptAt(jobId: string): Promise<number> {
    const folder = join(this.folder, 'jobs', jobId);
    const names = (await readdir(folder)).filter((name) => /^checkpoint-\d$/.test(name));
    const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
    return Math.max(0, ...times);
  }

  /** How far a job has come, as it was told. */
  steps(jobId: string): number {
    const told = this.told.findLast(
      (message) => message.event === 'job:progress' && message.payload.jobId === jobId,
    );
    return told?.event === 'job:progress' ? told.payload.progress.step : 0;
  }

  /** The network's own numbers, at every pixel. */
  async network(jobId: string): Promise<Float32Array> {
    const { bufferId } = await this.ask('jobs:view', { jobId, of: 'network', view: 'value' });
    return new Float32Array(this.services.buffers.get(bufferId)!.slice().buffer);
  }

  /** Ends every process; the folder stays for the next host. */
  async close(): Promise<void> {
    const events = this.told.map(({ event }) => event).join(', ');
    for (const { what } of this.#waiting) console.error(`There was no ${what} among ${events}.`);
    await this.services.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
