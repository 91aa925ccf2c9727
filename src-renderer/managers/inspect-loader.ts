import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Aspect } from '../../src-shared/model/aspect.ts';
import type { MeasuredView } from '../../src-shared/model/view.ts';
import { inspectedOf, planesFor } from '../stores/inspected.ts';
import { fitted, type Inspector, type PaneChoice } from '../stores/inspector.svelte.ts';
import { isActive, type Job } from '../stores/job.ts';
import type { Plane } from '../stores/picture.ts';
import { planeOfPreview } from '../stores/preview-plane.ts';
import { fetchPlane } from './fetch-plane.ts';
import type { Transport } from '../transport/transport.ts';

/** Enough for four differences of gradients in two views; of large pictures fewer are kept. */
const planesKept = { count: 32, bytes: 256 * 2 ** 20 };

/** Brings the inspector's panes what they are to show, and never a picture that is no longer wanted. */
export class InspectLoader {
  readonly #transport: Transport;
  readonly #inspector: Inspector;
  readonly #report: (error: unknown) => void;
  readonly #planes = new Map<string, Promise<Plane>>();
  readonly #bytes = new Map<string, number>();
  #wanted = 0;

  constructor(transport: Transport, inspector: Inspector, report: (error: unknown) => void) {
    this.#transport = transport;
    this.#inspector = inspector;
    this.#report = report;
  }

  /** @param preview the values of a running job's network */
  async update(job: Job | null, choices: readonly PaneChoice[], preview: Plane | null): Promise<void> {
    const wanted = ++this.#wanted;
    if (job === null || job.state === 'failed' || job.state === 'cancelled') {
      this.#inspector.pictures = choices.map(() => null);
      this.#inspector.loading = false;
      return;
    }
    this.#inspector.loading = true;
    const pictures = await Promise.all(
      choices.map(async (choice) => {
        const own = fitted(choice, job.request);
        const of = (aspect: Aspect) =>
          Promise.all(planesFor(own.view).map((name) => this.#plane(job, aspect, name, preview)));
        try {
          const [planes, minus] = await Promise.all([of(own.of), own.minus === null ? null : of(own.minus)]);
          return inspectedOf(own, planes, minus);
        } catch (error) {
          // What a job has not come to yet is no mistake; its pane says so.
          if (!isNotYet(error) && wanted === this.#wanted) this.#report(error);
          return null;
        }
      }),
    );
    if (wanted !== this.#wanted) return;
    this.#inspector.pictures = pictures;
    this.#inspector.loading = false;
  }

  #plane(job: Job, of: Aspect, view: MeasuredView, preview: Plane | null): Promise<Plane> {
    if (of === 'network' && isActive(job)) {
      return preview === null
        ? Promise.reject(new SeamfieldError('not-allowed', 'There is no preview yet.'))
        : Promise.resolve(planeOfPreview(preview, view));
    }
    // One that was trained further has come to something else.
    const key = [job.jobId, job.metrics.steps ?? 0, of, view].join(' ');
    const known = this.#planes.get(key);
    if (known !== undefined) return known;
    const plane = this.#fetch(job.jobId, of, view);
    this.#planes.set(key, plane);
    plane.catch(() => this.#planes.delete(key));
    void plane.then(
      ({ data }) => {
        if (this.#planes.get(key) === plane) this.#bytes.set(key, data.byteLength);
        this.#dropOld(key);
      },
      () => undefined,
    );
    return plane;
  }

  /** The oldest go first, `latest` never. */
  #dropOld(latest: string): void {
    const total = () => [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const key of this.#planes.keys()) {
      if (this.#planes.size <= planesKept.count && total() <= planesKept.bytes) return;
      if (key === latest) continue;
      this.#planes.delete(key);
      this.#bytes.delete(key);
    }
  }

  async #fetch(jobId: string, of: Aspect, view: MeasuredView): Promise<Plane> {
    return fetchPlane(this.#transport, await this.#transport.request('jobs:view', { jobId, of, view }));
  }
}

function isNotYet(error: unknown): boolean {
  return error instanceof SeamfieldError && error.code === 'not-allowed';
}
