import type { LossPoint, Progress } from '../../src-shared/model/training.ts';
import type { Parameters } from '../siren/spec.ts';
import type { TrainingHooks } from '../siren/training.ts';
import { defined } from './defined.ts';
import { freeConstant, withConstant } from './pipeline/constant.ts';
import { truthPsnr } from './pipeline/metrics.ts';
import { evaluateOn, sampleAt } from './pipeline/network.ts';
import type { Network } from './pipeline/network.ts';
import { previewGrid, spread } from './pipeline/preview.ts';
import type { Problem } from './pipeline/problem.ts';
import { PreviewPace } from './preview-pace.ts';
import type { FromWorker } from './protocol.ts';

/** Progress is told at most so often, ms. */
const reportEvery = 100;

/** A running training as its process sees it: steered from outside, and told of in measure. */
export class Live {
  readonly #post: (message: FromWorker) => void;
  readonly #pace = new PreviewPace(() => performance.now());
  #stopped = false;
  #gate: { readonly open: () => void; readonly promise: Promise<void> } | null = null;
  #reportedAt = -Infinity;
  #curve: LossPoint[] = [];
  #psnr: number | undefined;

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  pause(): void {
    if (this.#gate !== null || this.#stopped) return;
    let open = (): void => undefined;
    const promise = new Promise<void>((resolve) => (open = resolve));
    this.#gate = { open, promise };
    this.#post({ type: 'paused' });
  }

  /** Steps begin; who paused before is told again, now that it holds. */
  begun(): void {
    if (this.#gate !== null) this.#post({ type: 'paused' });
  }

  /** Whether it had been paused. */
  continue(): boolean {
    if (this.#gate === null) return false;
    this.#gate.open();
    this.#gate = null;
    return true;
  }

  stop(): void {
    this.#stopped = true;
    this.continue();
  }

  ack(step: number): void {
    this.#pace.acknowledged(step);
  }

  /** @param previews whether anybody looks at them */
  hooks(
    signal: AbortSignal,
    problem: Problem,
    network: Omit<Network, 'parameters' | 'size'>,
    previews: boolean,
  ): TrainingHooks {
    const hooks: TrainingHooks = {
      progress: (progress) => this.#progress(progress),
      paused: () => this.#gate?.promise,
      stopped: () => this.#stopped,
    };
    if (!previews) return hooks;
    return {
      ...hooks,
      preview: (snapshot, progress) => this.#preview(signal, problem, network, snapshot, progress),
    };
  }

  #progress(progress: Progress): void {
    this.#curve.push({ step: progress.step, seconds: progress.secondsElapsed, loss: progress.loss });
    const now = performance.now();
    if (now - this.#reportedAt < reportEvery && progress.fraction < 1) return;
    this.#reportedAt = now;
    this.#post({ type: 'progress', progress, curve: this.#curve, ...defined({ psnr: this.#psnr }) });
    this.#curve = [];
  }

  async #preview(
    signal: AbortSignal,
    problem: Problem,
    { engine, spec }: Omit<Network, 'parameters' | 'size'>,
    snapshot: () => Promise<Parameters>,
    { step }: Progress,
  ): Promise<void> {
    if (!this.#pace.isDue) return;
    const begun = performance.now();
    const { reference, anchor } = problem;
    const grid = previewGrid(problem);
    const network = { engine, spec, parameters: await snapshot(), size: problem };
    const found = await evaluateOn(signal, network, grid, 0);
    const known = sampleAt(reference.data, problem, spec.channels, grid);
    const anchors = anchor && Uint8Array.from(sampleAt(anchor, problem, 1, grid));
    const constant = freeConstant(known, found.value, spec.channels, anchors);
    this.#psnr = truthPsnr(
      { ...problem, reference: { ...reference, data: known } },
      withConstant(found.value, constant),
    );
    this.#post({ type: 'preview', step, ...spread(found, grid, problem, constant) });
    this.#pace.sent(step, begun);
  }
}
