import type { EventMessage } from '../../src-shared/contract/events.ts';
import type { JobDetail } from '../../src-shared/contract/job-schemas.ts';
import { subjectOf } from '../../src-shared/contract/job-subject.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import { thinned } from '../../src-shared/model/curve.ts';
import type { Run, Runs } from '../stores/runs.svelte.ts';
import type { Transport } from '../transport/transport.ts';

/** Points kept of one run's curve: beyond them every other one of the older half goes. */
const pointsKept = 4096;

const told = ['job:started', 'job:paused', 'job:progress', 'job:finished', 'job:failed'] as const;
type Told = Extract<EventMessage, { readonly event: (typeof told)[number] }>;
/** What a run is entered for that the log does not know yet. */
const beginnings: readonly Told['event'][] = ['job:started', 'job:progress', 'job:finished'];

/** Keeps the session's list of runs, of every workspace, as the host tells of them. */
export class RunLog {
  readonly #transport: Transport;
  readonly #runs: Runs;
  /** The runs whose beginning the host is being asked for, and what it told of them since. */
  readonly #asked = new Map<string, Told[]>();

  constructor(transport: Transport, runs: Runs) {
    this.#transport = transport;
    this.#runs = runs;
  }

  /** Begin to listen. Returns the function that ends it. */
  start(): () => void {
    const ends = told.map((event) =>
      this.#transport.on(event, (payload) => this.#apply({ event, payload } as Told)),
    );
    return () => ends.forEach((end) => end());
  }

  /** Ask for the runs that began before this page did. */
  async catchUp(): Promise<void> {
    const jobs = await this.#transport.request('jobs:list', {});
    for (const { jobId } of [...jobs].reverse()) await this.#know(jobId);
  }

  #apply(message: Told): void {
    const { jobId } = message.payload;
    const run = this.#runs.find(jobId);
    const since = this.#asked.get(jobId);
    if (run !== undefined) this.#enter(run, message);
    else if (since !== undefined) since.push(message);
    else if (beginnings.includes(message.event)) void this.#know(jobId);
  }

  #enter({ jobId, points, metrics }: Run, { event, payload }: Told): void {
    switch (event) {
      case 'job:started':
        return this.#runs.change(jobId, { state: 'training' });
      case 'job:paused':
        return this.#runs.change(jobId, { state: 'paused' });
      case 'job:progress': {
        const { curve, psnr, exactPsnr } = payload;
        const last = points.at(-1)?.step ?? -1;
        const news = curve.filter(({ step }) => step > last);
        return this.#runs.change(jobId, {
          state: 'training',
          points: thinned([...points, ...news], pointsKept),
          metrics: {
            ...metrics,
            ...(psnr !== undefined && { psnr }),
            ...(exactPsnr !== undefined && { exactPsnr }),
          },
        });
      }
      case 'job:finished':
        this.#runs.change(jobId, { state: 'finished', metrics: payload.metrics });
        return void this.#readCard(jobId);
      case 'job:failed':
        return this.#runs.change(jobId, {
          state: payload.error.code === 'cancelled' ? 'cancelled' : 'failed',
        });
    }
  }

  async #know(jobId: string): Promise<void> {
    if (this.#runs.find(jobId) !== undefined || this.#asked.has(jobId)) return;
    const since: Told[] = [];
    this.#asked.set(jobId, since);
    try {
      const detail = await this.#transport.request('jobs:get', { jobId });
      if (detail.state === 'cancelled' || detail.state === 'failed') return;
      const name = await this.#nameOf(detail.request);
      this.#runs.add({
        jobId,
        name: `${this.#runs.all.length + 1} · ${name}`,
        request: detail.request,
        state: detail.state,
        points: detail.curve,
        metrics: detail.metrics ?? {},
        began: beginningOf(detail),
      });
    } catch {
      // A job that the host dropped meanwhile has no run to show.
      return;
    } finally {
      this.#asked.delete(jobId);
    }
    // The answer may be older than what was told meanwhile.
    for (const message of since) this.#apply(message);
    if (this.#runs.find(jobId)?.state === 'finished') await this.#readCard(jobId);
  }

  /** A job that the host dropped, or that came to an exact solution, has none. */
  async #readCard(jobId: string): Promise<void> {
    const card = await this.#transport.request('jobs:card', { jobId }).catch(() => null);
    if (card !== null) this.#runs.change(jobId, { card });
  }

  async #nameOf(request: JobRequest): Promise<string> {
    const imageId = subjectOf(request);
    const what = request.kind === 'reconstruct' ? request.from : request.kind;
    const image = await this.#transport.request('images:get', { imageId }).catch(() => null);
    return [image?.name, what].filter((part) => part !== undefined).join(' · ');
  }
}

function beginningOf({ progress }: JobDetail): number {
  return Date.now() - 1000 * (progress?.secondsElapsed ?? 0);
}
