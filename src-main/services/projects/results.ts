import * as v from 'valibot';
import type { KeptResult } from '../../../src-shared/contract/project-schemas.ts';
import { jobRequest } from '../../../src-shared/contract/training-schemas.ts';
import type { JobDetail } from '../../../src-shared/contract/job-schemas.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { largestTrainingState, trainingFacts } from './kept-training.ts';
import { replaced, stringsIn } from './handles.ts';
import type { KeptPicture } from './manifest.ts';
import type { Work } from './work.ts';

/** A result and the photographs that it was made of. */
export interface NewResult {
  readonly result: KeptResult;
  readonly pictures: readonly KeptPicture[];
}

/** A work's finished trainings: networks on disk, jobs while they are open. */
export class Results {
  readonly #jobs: Jobs;
  readonly #work: Work;
  /** By job, each as it was in one of its legs. */
  readonly #kept = new Map<string, NewResult & { readonly leg: number }>();

  constructor(jobs: Jobs, work: Work) {
    this.#jobs = jobs;
    this.#work = work;
  }

  /**
   * A finished job's network among the work's objects, and its training's state where that is not too large; undefined for
   * a job that has not finished, or is not there any more.
   *
   * @param keep a photograph of its request by its handle; undefined for what is no photograph's
   */
  async keep(
    jobId: string,
    keep: (imageId: string) => Promise<KeptPicture | undefined>,
  ): Promise<NewResult | undefined> {
    const known = this.#kept.get(jobId);
    const job = this.#jobs.find(jobId);
    // While it is trained further, it is what it was.
    if (job?.summary.state !== 'finished') return known;
    const { leg, budget } = job.leg;
    if (known?.leg === leg) return known;
    const { request, metrics } = job.summary;
    const { bytes } = await job.ask({ kind: 'model' });
    const network = await this.#work.objects.put(bytes);
    const state = await job.folder?.checkpoint(largestTrainingState);
    const training = state && { facts: { leg, budget }, state: await this.#work.objects.put(state) };
    const pictures = new Map<string, KeptPicture>();
    for (const text of new Set(stringsIn(request))) {
      const picture = await keep(text);
      if (picture !== undefined) pictures.set(text, picture);
    }
    const hashes = new Map([...pictures].map(([imageId, { hash }]) => [imageId, hash]));
    const result = {
      network,
      request: replaced(request, hashes) as Record<string, unknown>,
      metrics: metrics ?? {},
      ...(training && { training }),
    };
    const made = { result, pictures: [...pictures.values()], leg };
    this.#kept.set(jobId, made);
    return made;
  }

  /** Their files are not kept any more: those that are shown again are put there anew. */
  forget(hashes: ReadonlySet<string>): void {
    for (const [jobId, { result, pictures }] of this.#kept) {
      const files = [result.network, result.training?.state ?? '', ...pictures.map(({ hash }) => hash)];
      if (files.some((hash) => hashes.has(hash))) this.#kept.delete(jobId);
    }
  }

  /** A kept result as a finished job; undefined where its request is none, or one of its photographs is lost. */
  open(result: KeptResult, imageIds: ReadonlyMap<string, string>): JobDetail | undefined {
    const { network, request, metrics, training } = result;
    for (const [jobId, { result: kept }] of this.#kept) {
      if (kept.network === network) return this.#jobs.find(jobId)?.detail;
    }
    const isComplete = stringsIn(request).every((text) => !/^[0-9a-f]{64}$/.test(text) || imageIds.has(text));
    const parsed = v.safeParse(jobRequest, replaced(request, imageIds));
    if (!parsed.success || !isComplete) return undefined;
    const { objects } = this.#work;
    const earlier = training && {
      ...trainingFacts(training.facts),
      checkpoint: objects.pathOf(training.state),
    };
    const detail = this.#jobs.restore(parsed.output, objects.pathOf(network), metrics, earlier);
    this.#kept.set(detail.jobId, { result, pictures: [], leg: earlier?.leg ?? 0 });
    return detail;
  }
}
