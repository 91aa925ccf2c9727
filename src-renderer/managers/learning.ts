import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Aspect } from '../../src-shared/model/aspect.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import { planesFor } from '../stores/inspected.ts';
import {
  emptyRow,
  learnViews,
  lessonRequest,
  lessons,
  type Learn,
  type Lesson,
} from '../stores/learn.svelte.ts';
import { fetchPlane } from './fetch-plane.ts';
import { PreviewTaker, type Preview } from './preview-taker.ts';
import { pictureOf, type Picture, type Plane } from '../stores/picture.ts';
import type { Transport } from '../transport/transport.ts';

type Slot = 'first' | 'second';

/** Trains the Learn view's networks, one after the other, and brings their pictures. */
export class Learning {
  readonly #transport: Transport;
  readonly #learn: Learn;
  /** Counts the runs, so that what was cancelled stays silent. */
  #run = 0;
  #current: string | null = null;
  readonly #taker: PreviewTaker;

  /** @param isLookedAt whether somebody sees the figure */
  constructor(transport: Transport, learn: Learn, isLookedAt: () => boolean) {
    this.#transport = transport;
    this.#learn = learn;
    this.#taker = new PreviewTaker({
      transport,
      lookedAt: () => (isLookedAt() ? this.#current : null),
      show: (preview) => this.#showPreview(preview),
    });
  }

  /** Whether somebody sees the figure may have changed. */
  look(): void {
    this.#taker.look();
  }

  openSample(slot: Slot, name: string): Promise<void> {
    return this.#open(slot, () => this.#transport.request('images:open-sample', { name }));
  }

  choose(slot: Slot): Promise<void> {
    return this.#open(slot, () => this.#transport.chooseImage());
  }

  openFile(slot: Slot, file: File): Promise<void> {
    return this.#open(slot, () => this.#transport.upload(file));
  }

  /** Two samples, so that the figure is one click away. */
  async openSamples(): Promise<void> {
    if (this.#learn.first === null) await this.openSample('first', 'astronaut');
    if (this.#learn.second === null) await this.openSample('second', 'coffee');
  }

  /** Train every lesson, each for real. Rejects with what goes wrong; the lessons done until then stay. */
  async train(): Promise<void> {
    const learn = this.#learn;
    await this.openSamples();
    const run = ++this.#run;
    learn.running = true;
    for (const lesson of lessons) learn.change(lesson, { ...emptyRow, state: 'waiting' });
    try {
      for (const lesson of lessons) {
        await this.#trainOne(lesson, run);
        if (run !== this.#run) return;
      }
    } finally {
      if (run === this.#run) {
        learn.running = false;
        for (const lesson of lessons) {
          if (learn.rows[lesson].state === 'waiting') learn.change(lesson, emptyRow);
        }
      }
    }
  }

  /** End the trainings. What has finished stays. */
  async cancel(): Promise<void> {
    this.#run++;
    const learn = this.#learn;
    learn.running = false;
    for (const lesson of lessons) {
      if (['waiting', 'training'].includes(learn.rows[lesson].state))
        learn.change(lesson, { state: 'cancelled' });
    }
    const jobId = this.#current;
    this.#current = null;
    if (jobId !== null) await this.#transport.request('jobs:cancel', { jobId });
  }

  async #open(slot: Slot, get: () => Promise<ImageSummary | null>): Promise<void> {
    const learn = this.#learn;
    learn.busy = true;
    try {
      const image = await get();
      if (image === null) return;
      if (learn.running) await this.cancel();
      learn[slot] = image;
      // What was made of another picture is not shown beside this one's name.
      for (const lesson of lessons) {
        if (slot === 'first' || lesson === 'fused') learn.change(lesson, emptyRow);
      }
    } finally {
      learn.busy = false;
    }
  }

  async #trainOne(lesson: Lesson, run: number): Promise<void> {
    const learn = this.#learn;
    const request = lessonRequest(lesson, learn);
    if (request === null) throw new SeamfieldError('not-allowed', 'Choose both photographs first.');
    try {
      const { jobId } = await this.#transport.request('jobs:start', request);
      if (run !== this.#run) return void (await this.#transport.request('jobs:cancel', { jobId }));
      this.#current = jobId;
      learn.change(lesson, { jobId });
      const metrics = await this.#finished(jobId, lesson, run);
      if (run !== this.#run) return;
      this.#current = null;
      const [truth, network] = [
        await this.#pictures(jobId, 'photograph'),
        await this.#pictures(jobId, 'network'),
      ];
      if (run === this.#run) learn.change(lesson, { state: 'done', fraction: 1, metrics, truth, network });
    } catch (error) {
      if (run !== this.#run) return;
      learn.change(lesson, { state: 'failed' });
      throw error;
    }
  }

  /** Resolves once a job has finished; shows how it goes meanwhile. */
  #finished(jobId: string, lesson: Lesson, run: number): Promise<Metrics> {
    const { request, on } = this.#transport;
    const [ask, listen] = [request.bind(this.#transport), on.bind(this.#transport)];
    const ends: (() => void)[] = [];
    const isOurs = (event: { readonly jobId: string }) => event.jobId === jobId && run === this.#run;
    return new Promise<Metrics>((resolve, reject) => {
      const failed = (error: { code: SeamfieldError['code']; message: string }) =>
        reject(new SeamfieldError(error.code, error.message));
      ends.push(
        listen('job:progress', (event) => {
          if (!isOurs(event)) return;
          this.#learn.change(lesson, { state: 'training', fraction: event.progress.fraction });
        }),
        listen('job:started', (event) => {
          if (!isOurs(event)) return;
          this.#learn.change(lesson, { state: 'training' });
          void this.#showTruth(jobId, lesson, run).catch(() => undefined);
        }),
        listen('job:preview', (event) => {
          if (isOurs(event)) this.#taker.offer(event);
        }),
        listen('job:finished', (event) => event.jobId === jobId && resolve(event.metrics as Metrics)),
        listen('job:failed', (event) => event.jobId === jobId && failed(event.error)),
      );
      // It may have ended before anybody listened.
      void ask('jobs:get', { jobId }).then(({ state, metrics, error }) => {
        if (state === 'finished') resolve((metrics ?? {}) as Metrics);
        else if (error !== undefined) failed(error);
      }, reject);
    }).finally(() => {
      this.#taker.forget(jobId);
      ends.forEach((end) => end());
    });
  }

  /** What the network will be held against is known before its training is over. */
  async #showTruth(jobId: string, lesson: Lesson, run: number): Promise<void> {
    const truth = await this.#pictures(jobId, 'photograph');
    if (run === this.#run) this.#learn.change(lesson, { truth });
  }

  async #showPreview({ jobId, ...descriptor }: Preview): Promise<void> {
    const value = pictureOf('value', [await fetchPlane(this.#transport, descriptor)]);
    const { rows } = this.#learn;
    const lesson = lessons.find((it) => rows[it].state === 'training' && rows[it].jobId === jobId);
    if (lesson !== undefined && value !== null) this.#learn.change(lesson, { network: { value } });
  }

  async #pictures(jobId: string, of: Aspect): Promise<Partial<Record<(typeof learnViews)[number], Picture>>> {
    const found: Partial<Record<(typeof learnViews)[number], Picture>> = {};
    for (const view of learnViews) {
      const planes: Plane[] = [];
      for (const measured of planesFor(view)) {
        const descriptor = await this.#transport.request('jobs:view', { jobId, of, view: measured });
        planes.push(await fetchPlane(this.#transport, descriptor));
      }
      const picture = pictureOf(view, planes);
      if (picture !== null) found[view] = picture;
    }
    return found;
  }
}
