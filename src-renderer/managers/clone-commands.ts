import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { CompositionRequest } from '../../src-shared/contract/composition-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import type { Patch } from '../canvas/clone-drawing.ts';
import { landedRegion, type LandedRegion } from '../canvas/landed.ts';
import { fromDetail, hasNetwork, isActive, newJob } from '../stores/job.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Layer } from '../stores/layer.ts';
import type { Plane } from '../stores/picture.ts';
import type { Session } from '../stores/session.svelte.ts';
import { budgetOf, sizeOf } from '../stores/training-settings.ts';
import { strings } from '../strings.ts';
import type { Transport } from '../transport/transport.ts';
import { maskPng } from '../workers/mask-png.ts';
import { fetchPixels, pixelsIn } from './fetch-pixels.ts';
import { followed, requireAlive } from './followed.ts';
import { LiveSize } from './live-size.ts';
import { patchOf, pixelsOf } from './patch.ts';
import { seenMask } from './seen-mask.ts';
import { Solving } from './solving.ts';
import { tracked, withTicket } from './tracked.ts';
import { whileBusy } from './while-busy.ts';

/** What is made of the composition: blends, and the exact solutions that preview them. Each rejects with the host's error. */
export class CloneCommands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #composition: Composition;
  /** What the blend was begun with. */
  #blended: { readonly region: LandedRegion; readonly state: string; readonly jobId: string } | null = null;
  readonly #solving: Solving;
  #carrying: AbortController | null = null;

  constructor(transport: Transport, session: Session, composition: Composition) {
    this.#transport = transport;
    this.#session = session;
    this.#composition = composition;
    this.#solving = new Solving(composition, new LiveSize(), (size, signal) => this.#solveOnce(size, signal));
  }

  /** Train a network on the fused field of what is on show now. */
  async blend(): Promise<void> {
    const { isComplete, state, budget, seconds, networkSize } = this.#composition;
    if (!isComplete || this.#session.busy) return;
    await this.dropBlend();
    const region = this.#region();
    await whileBusy(this.#session, async () => {
      const time = { budget: budgetOf(budget, seconds) };
      const job = await this.#withMasks((composition) => {
        const request = { kind: 'clone', composition, ...sizeOf(networkSize), ...time } as const;
        return followed(this.#transport, async () => {
          const { jobId, position } = await this.#transport.request('jobs:start', request);
          return newJob(jobId, request, position);
        });
      });
      this.#blended = { region, state, jobId: job.jobId };
      this.#session.blend = job;
      this.#composition.content = 'network';
      requireAlive(job);
    });
  }

  /** A blend of an earlier visit that is open at the host again; `isCurrent`: made of the composition as it is. */
  async adopt(jobId: string, isCurrent: boolean): Promise<void> {
    const composition = this.#composition;
    this.#blended = { region: this.#region(), state: isCurrent ? composition.state : '', jobId };
    this.#session.blend = fromDetail(await this.#transport.request('jobs:get', { jobId }));
    if (isCurrent) composition.content = 'network';
  }

  /** A blend that was being trained further is what it was before. */
  async cancelBlend(): Promise<void> {
    const { blend } = this.#session;
    const blended = this.#blended;
    await this.dropBlend();
    const left =
      blend && (await this.#transport.request('jobs:get', { jobId: blend.jobId }).catch(() => null));
    if (left?.state === 'finished') {
      this.#blended = blended;
      this.#session.blend = { ...fromDetail(left), area: blend?.area ?? null };
    } else this.#composition.content = 'exact';
  }

  /** Bring the exact solution up to date while it is on show. */
  solve(): Promise<void> {
    return this.#solving.follow();
  }

  /** Solve what is on show once more, at the resolution that a picture at rest has. */
  refine(): Promise<void> {
    return this.#solving.refine();
  }

  /** The exact solution of the composition as it is, on the target's own pixels. */
  async exactPatch(): Promise<Patch> {
    const region = this.#region();
    const { at, full, ...pixels } = await this.#withMasks((composition) =>
      this.#transport.request('clones:exact', { composition }),
    );
    return patchOf(await fetchPixels(this.#transport, pixels), at, region, full);
  }

  /** Show what the network has: the running blend's preview, or the finished one's own values. */
  async showBlend(preview: Plane | null): Promise<void> {
    const { blend } = this.#session;
    const blended = this.#blended;
    const at = blend?.area?.at ?? null;
    if (blend === null || at === null || blended === null || blend.jobId !== blended.jobId) return;
    const full = blend.area?.full ?? undefined;
    let picture = preview === null ? null : pixelsOf(preview);
    if (hasNetwork(blend)) {
      const made = await this.#resultOf(blend.jobId);
      if (made === null) return;
      picture = made;
    }
    if (picture === null || this.#blended !== blended) return;
    this.#composition.network = { ...patchOf(picture, at, blended.region, full), state: blended.state };
  }

  /** A finished blend's own region with all of its detail; null where something else was asked for meanwhile. */
  async #resultOf(jobId: string): Promise<ImageData | null> {
    this.#carrying?.abort();
    const own = new AbortController();
    this.#carrying = own;
    this.#composition.fetching = true;
    try {
      const made = await tracked(
        this.#transport,
        'jobs:picture',
        { jobId, region: true },
        { signal: own.signal, told: ({ share }) => void (this.#composition.carrying = share ?? null) },
      );
      return await fetchPixels(this.#transport, made);
    } catch (thrown) {
      if (own.signal.aborted) return null;
      throw thrown;
    } finally {
      if (this.#carrying === own) {
        this.#carrying = null;
        Object.assign(this.#composition, { carrying: null, fetching: false });
      }
    }
  }

  /** The blend ends, if it runs, and what it made is gone. */
  async dropBlend(): Promise<void> {
    this.#carrying?.abort();
    const { blend } = this.#session;
    if (isActive(blend)) await this.#transport.request('jobs:cancel', { jobId: blend.jobId });
    this.#session.blend = null;
    this.#blended = null;
    Object.assign(this.#composition, { network: null, preview: null });
  }

  /**
   * @param size pixels along the longer side of what is solved, at most
   * @returns how long it is; null where there is nothing to solve
   */
  async #solveOnce(size: number, signal: AbortSignal): Promise<number | null> {
    const composition = this.#composition;
    const { state } = composition;
    const region = this.#region(size);
    try {
      const share = Math.min(1, size / Math.max(region.box.width, region.box.height, 1));
      const room = limits.seenMask.text / Math.max(composition.blended.length, 1);
      const seen = ({ art }: Layer) => ({
        mask: seenMask(art, share * art.editor.transform.scale, room),
      });
      const request = { composition: await this.#compositionWith(seen), size };
      const { answer, bytes } = await withTicket(this.#transport, { signal }, (ticket) =>
        this.#transport.requestBuffer('clones:exact', { ...request, ticket }),
      );
      const { at, full, width, height } = answer;
      composition.exact = { ...patchOf(pixelsIn(bytes, answer), at, region, full), state };
      return Math.max(width, height);
    } catch (error) {
      // An empty mask, or one that lies beside the target, is no mistake while it is being painted or dragged.
      if (!isNothing(error)) throw error;
      const picture = new OffscreenCanvas(1, 1);
      composition.exact = { picture, at: { x: 0, y: 0 }, state, isNothing: true };
      return null;
    }
  }

  #region(size = Infinity): LandedRegion {
    const { blended, target } = this.#composition;
    const placed = blended.map(({ art }) => ({ art, transform: art.editor.transform }));
    return landedRegion(placed, target?.picture ?? { width: 1, height: 1 }, size);
  }

  /** Asks something with the composition's masks at the host, who keeps what it needs of them longer than that. */
  async #withMasks<T>(ask: (composition: CompositionRequest) => Promise<T>): Promise<T> {
    const imageIds: string[] = [];
    const sent = async ({ art: { editor } }: Layer) => {
      const { data, width, height } = editor.mask;
      const file = new File([await maskPng(data.slice(), { width, height })], strings.clone.maskFile);
      const { id } = await this.#transport.upload(file);
      imageIds.push(id);
      return { maskId: id };
    };
    try {
      return await ask(await this.#compositionWith(sent));
    } finally {
      if (imageIds.length > 0)
        void this.#transport.request('images:close', { imageIds }).catch(() => undefined);
    }
  }

  async #compositionWith<M>(maskOf: (layer: Layer) => M | Promise<M>) {
    const { target, blended } = this.#composition;
    if (target === null) throw new Error('Nothing to clone onto is open.');
    // Taken together before anything is awaited, so that all layers are of one moment.
    const layers = blended
      .filter(({ art }) => !art.editor.mask.isEmpty)
      .map((layer) => ({ layer, transform: layer.art.editor.transform, mask: maskOf(layer) }));
    if (layers.length === 0) throw new SeamfieldError('empty-mask', strings.clone.hints.noMask);
    const request = layers.map(async ({ layer: { source, mode, alpha }, transform, mask }) => ({
      sourceId: source.summary.id,
      ...(await mask),
      transform,
      mode,
      ...(mode === 'average' && { alpha }),
    }));
    return { targetId: target.summary.id, layers: await Promise.all(request) };
  }
}

function isNothing(error: unknown): boolean {
  return error instanceof SeamfieldError && ['empty-mask', 'nothing-to-clone'].includes(error.code);
}
