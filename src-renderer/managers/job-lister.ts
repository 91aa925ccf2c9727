import { events, type EventMessage, type EventName } from '../../src-shared/contract/events.ts';
import type { JobSummary } from '../../src-shared/contract/job-schemas.ts';
import { subjectOf } from '../../src-shared/contract/job-subject.ts';
import { applyEvent, fromDetail } from '../stores/job.ts';
import type { JobList, ListedJob } from '../stores/job-list.svelte.ts';
import type { Transport } from '../transport/transport.ts';

/** Keeps the list of all jobs as the host has it: through events, and by asking where one is new. */
export class JobLister {
  readonly #transport: Transport;
  readonly #list: JobList;
  readonly #report: (error: unknown) => void;
  #asking: Promise<void> | null = null;
  /** What was told since the question under way was asked. */
  #since: EventMessage[] = [];
  /** Whom an event of this host has told of: an earlier host's no longer. */
  readonly #told = new Set<string>();

  constructor(transport: Transport, list: JobList, report: (error: unknown) => void) {
    this.#transport = transport;
    this.#list = list;
    this.#report = report;
  }

  /** Begin to listen. Returns the function that ends it. */
  start(): () => void {
    const names = (Object.keys(events) as EventName[]).filter((name) => name.startsWith('job:'));
    const ends = names.map((event) =>
      this.#transport.on(event, (payload) => this.#apply({ event, payload } as EventMessage)),
    );
    return () => ends.forEach((end) => end());
  }

  /** Ask the host for all of it, and for what an earlier host left. */
  async catchUp(): Promise<void> {
    // Whom a host before this one told of, this one may offer.
    this.#told.clear();
    await this.#refresh();
    const left = await this.#transport.request('jobs:recoverable', {});
    // In the meantime one may have been gone on with, or discarded.
    this.#list.recoverable = left.filter(({ jobId }) => !this.#told.has(jobId) && !this.#list.find(jobId));
  }

  #apply(message: EventMessage): void {
    if (!('jobId' in message.payload) || message.event === 'job:preview') return;
    if (message.event === 'job:unsaved') this.#report(message.payload.error);
    this.#claim(message.payload.jobId);
    if (this.#asking !== null) this.#since.push(message);
    this.#enter(message);
  }

  /** Whoever is told of is this host's, or nobody's any more. */
  #claim(jobId: string): void {
    this.#told.add(jobId);
    const { recoverable } = this.#list;
    if (recoverable.some((left) => left.jobId === jobId))
      this.#list.recoverable = recoverable.filter((left) => left.jobId !== jobId);
  }

  #enter(message: EventMessage): void {
    if (!('jobId' in message.payload)) return;
    const { jobId } = message.payload;
    const { jobs } = this.#list;
    if (message.event === 'job:gone') {
      this.#list.jobs = jobs.filter((job) => job.jobId !== jobId);
      return;
    }
    const known = this.#list.find(jobId);
    if (known === undefined) return void this.#refresh().catch(this.#report);
    const next = { ...applyEvent(known, message), name: known.name, curve: [] };
    this.#list.jobs = jobs.map((job) => (job === known ? next : job));
  }

  /** One question at a time: events come in numbers. */
  #refresh(): Promise<void> {
    return (this.#asking ??= this.#ask());
  }

  async #ask(): Promise<void> {
    this.#since = [];
    try {
      this.#list.jobs = await this.#listed();
    } finally {
      this.#asking = null;
    }
    // The answer may be older than what was told meanwhile, and lack who came since.
    for (const message of this.#since) this.#enter(message);
  }

  async #listed(): Promise<ListedJob[]> {
    const summaries = await this.#transport.request('jobs:list', {});
    const named = summaries.map(async (summary): Promise<ListedJob> => {
      const known = this.#list.find(summary.jobId)?.name;
      return {
        ...fromDetail({ ...summary, curve: [] }),
        curve: [],
        name: known ?? (await this.#nameOf(summary)),
      };
    });
    return Promise.all(named);
  }

  async #nameOf({ request }: JobSummary): Promise<string> {
    const imageId = subjectOf(request);
    // A photograph that was closed meanwhile leaves its job without a name.
    const image = await this.#transport.request('images:get', { imageId }).catch(() => null);
    return image?.name ?? '';
  }
}
