import * as v from 'valibot';
import type { KeptResult } from '../../../src-shared/contract/project-schemas.ts';
import { jobRequest } from '../../../src-shared/contract/schemas.ts';
import type { JobDetail } from '../../../src-shared/contract/schemas.ts';
import type { Jobs } from '../jobs.ts';
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
  /** By job. */
  readonly #kept = new Map<string, NewResult>();

  constructor(jobs: Jobs, work: Work) {
    this.#jobs = jobs;
    this.#work = work;
  }

  /**
   * A finished job's network among the work's objects; undefined for a job that has not finished, or is not there any more.
   *
   * @param keep a photograph of its request by its handle; undefined for what is no photograph's
   */
  async keep(
    jobId: string,
    keep: (imageId: string) => Promise<KeptPicture | undefined>,
  ): Promise<NewResult | undefined> {
    const known = this.#kept.get(jobId);
    if (known !== undefined) return known;
    const job = this.#jobs.find(jobId);
    if (job?.summary.state !== 'finished') return undefined;
    const { request, metrics } = job.summary;
    const { bytes } = await job.ask({ kind: 'model' });
    const network = await this.#work.objects.put(bytes);
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
    };
    const made = { result, pictures: [...pictures.values()] };
    this.#kept.set(jobId, made);
    return made;
  }

  /** A kept result as a finished job; undefined where its request is none, or one of its photographs is lost. */
  open(result: KeptResult, imageIds: ReadonlyMap<string, string>): JobDetail | undefined {
    const { network, request, metrics } = result;
    for (const [jobId, { result: kept }] of this.#kept) {
      if (kept.network === network) return this.#jobs.find(jobId)?.detail;
    }
    const isComplete = stringsIn(request).every((text) => !/^[0-9a-f]{64}$/.test(text) || imageIds.has(text));
    const parsed = v.safeParse(jobRequest, replaced(request, imageIds));
    if (!parsed.success || !isComplete) return undefined;
    const detail = this.#jobs.restore(parsed.output, this.#work.objects.pathOf(network), metrics);
    this.#kept.set(detail.jobId, { result, pictures: [] });
    return detail;
  }
}
