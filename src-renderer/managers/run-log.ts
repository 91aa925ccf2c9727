import type { EventOf } from '../../src-shared/contract/events.ts';
import type { JobDetail, JobRequest } from '../../src-shared/contract/schemas.ts';
import { thinned } from '../../src-shared/model/curve.ts';
import type { Runs } from '../stores/runs.svelte.ts';
import type { Transport } from '../transport/transport.ts';

/** Points kept of one run's curve: beyond them every other one of the older half goes. */
const pointsKept = 4096;

/** Keeps the session's list of runs, of every workspace, as the host tells of them. */
export class RunLog {
  readonly #transport: Transport;
  readonly #runs: Runs;
  readonly #asked = new Set<string>();

  constructor(transport: Transport, runs: Runs) {
    this.#transport = transport;
    this.#runs = runs;
  }

  /** Begin to listen. Returns the function that ends it. */
  start(): () => void {
    const { on } = this.#transport;
    const listen = on.bind(this.#transport);
    const ends = [
      listen('job:started', ({ jobId }) => void this.#know(jobId, 'training')),
      listen('job:paused', ({ jobId }) => this.#runs.change(jobId, { state: 'paused' })),
      listen('job:progress', (event) => this.#progress(event)),
      listen('job:finished', ({ jobId, metrics }) => {
        const run = this.#runs.find(jobId);
        if (run === undefined) void this.#know(jobId, 'finished');
        else {
          this.#runs.change(jobId, { state: 'finished', metrics });
          void this.#readCard(jobId);
        }
      }),
      listen('job:failed', ({ jobId, error }) =>
        this.#runs.change(jobId, { state: error.code === 'cancelled' ? 'cancelled' : 'failed' }),
      ),
    ];
    return () => ends.forEach((end) => end());
  }

  /** Ask for the runs that began before this page did. */
  async catchUp(): Promise<void> {
    const jobs = await this.#transport.request('jobs:list', {});
    for (const { jobId } of [...jobs].reverse()) await this.#know(jobId);
  }

  async #know(jobId: string, state?: 'training' | 'finished'): Promise<void> {
    const run = this.#runs.find(jobId);
    if (run !== undefined && state !== undefined) return this.#runs.change(jobId, { state });
    if (run !== undefined || this.#asked.has(jobId)) return;
    this.#asked.add(jobId);
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
      if (detail.state === 'finished') await this.#readCard(jobId);
    } catch {
      // A job that the host dropped meanwhile has no run to show.
    } finally {
      this.#asked.delete(jobId);
    }
  }

  #progress({ jobId, curve, psnr, exactPsnr }: EventOf<'job:progress'>): void {
    const run = this.#runs.find(jobId);
    if (run === undefined) return void this.#know(jobId, 'training');
    const last = run.points.at(-1)?.step ?? -1;
    const news = curve.filter(({ step }) => step > last);
    this.#runs.change(jobId, {
      state: 'training',
      points: thinned([...run.points, ...news], pointsKept),
      metrics: {
        ...run.metrics,
        ...(psnr !== undefined && { psnr }),
        ...(exactPsnr !== undefined && { exactPsnr }),
      },
    });
  }

  /** A job that the host dropped, or that came to an exact solution, has none. */
  async #readCard(jobId: string): Promise<void> {
    const card = await this.#transport.request('jobs:card', { jobId }).catch(() => null);
    if (card !== null) this.#runs.change(jobId, { card });
  }

  async #nameOf(request: JobRequest): Promise<string> {
    const imageId =
      request.kind === 'reconstruct'
        ? request.imageId
        : request.kind === 'fuse'
          ? request.imageA
          : request.composition.targetId;
    const what = request.kind === 'reconstruct' ? request.from : request.kind;
    const image = await this.#transport.request('images:get', { imageId }).catch(() => null);
    return [image?.name, what].filter((part) => part !== undefined).join(' · ');
  }
}

function beginningOf({ progress }: JobDetail): number {
  return Date.now() - 1000 * (progress?.secondsElapsed ?? 0);
}
