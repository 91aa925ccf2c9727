import type { CurvePoint, Progress } from '../../src-shared/model/training.ts';
import type { Parameters } from '../siren/spec.ts';
import type { TrainingHooks } from '../siren/training.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Checkpoint } from '../siren/checkpoint.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { reasonOf } from '../disk/files.ts';
import { CheckpointPace } from './checkpoint-pace.ts';
import { defined } from './defined.ts';
import { freeConstant, withConstant } from './pipeline/measures/constant.ts';
import { exactPsnr, truthPsnr } from './pipeline/measures/metrics.ts';
import { evaluateOn, sampleAt } from './pipeline/network.ts';
import type { Grid, Network } from './pipeline/network.ts';
import { previewGrid, spread } from './pipeline/views/preview.ts';
import type { Problem } from './pipeline/problem.ts';
import { PreviewPace } from './preview-pace.ts';
import type { FromWorker } from './protocol.ts';
import { ReportPace } from './report-pace.ts';

/** A running training as its process sees it: steered from outside, and told of in measure. */
export class Live {
  readonly #post: (message: FromWorker) => void;
  readonly #pace = new PreviewPace(() => performance.now());
  #stopped = false;
  #gate: { readonly open: () => void; readonly promise: Promise<void> } | null = null;
  readonly #reports = new ReportPace(() => performance.now());
  #curve: CurvePoint[] = [];
  /** The latest preview's, and whether a point of the curve has them already. */
  #figures: { readonly psnr?: number; readonly exactPsnr?: number } = {};
  #areNews = false;
  #exact: Float64Array | undefined;
  #checkpoints: { readonly folder: CheckpointFolder; readonly pace: CheckpointPace } | null = null;
  #writing: Promise<void> | null = null;

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  /** The exact solution is known from here on, its constant added, planar [channels, height, width]. */
  measureAgainst(exact: Float64Array): void {
    this.#exact = exact;
  }

  /** The training is put into this folder from here on. */
  keepIn(folder: CheckpointFolder): void {
    this.#checkpoints = { folder, pace: new CheckpointPace(() => performance.now()) };
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
      checkpoint: (take, isLast) => this.#checkpoint(take, isLast),
    };
    if (!previews) return hooks;
    return {
      ...hooks,
      preview: (snapshot, progress) => this.#preview(signal, problem, network, snapshot, progress),
    };
  }

  #progress(progress: Progress): void {
    const { step, secondsElapsed: seconds, loss, learningRate } = progress;
    this.#curve.push({ step, seconds, loss, learningRate, ...(this.#areNews && this.#figures) });
    this.#areNews = false;
    if (!this.#reports.isDue(seconds) && progress.fraction < 1) return;
    this.#reports.told();
    this.#post({ type: 'progress', progress, curve: this.#curve, ...this.#figures });
    this.#curve = [];
  }

  /** Training goes on while the disk writes, one checkpoint at a time. */
  async #checkpoint(take: () => Promise<Checkpoint>, isLast: boolean): Promise<void> {
    if (this.#checkpoints === null) return;
    const { folder, pace } = this.#checkpoints;
    if (isLast) await this.#writing;
    else if (this.#writing !== null || !pace.isDue) return;
    const begun = performance.now();
    const checkpoint = await take();
    const { steps: step } = checkpoint.spent;
    this.#writing = folder
      .write(checkpoint)
      .then(
        () => this.#post({ type: 'checkpoint', step }),
        (thrown: unknown) => this.#post({ type: 'unsaved', error: unsaved(thrown).toEnvelope() }),
      )
      .finally(() => (this.#writing = null));
    pace.taken(begun);
    if (isLast) await this.#writing;
  }

  async #preview(
    signal: AbortSignal,
    problem: Problem,
    { engine, spec }: Omit<Network, 'parameters' | 'size'>,
    snapshot: () => Promise<Parameters>,
    { step, secondsElapsed: trained }: Progress,
  ): Promise<void> {
    if (!this.#pace.isDue) return;
    const begun = performance.now();
    const { reference, anchor } = problem;
    const grid = previewGrid(problem, this.#pace.pixels(trained));
    const network = { engine, spec, parameters: await snapshot(), size: problem };
    const found = await evaluateOn(signal, network, grid, 0);
    const known = sampleAt(reference.data, problem, spec.channels, grid);
    const anchors = anchor && Uint8Array.from(sampleAt(anchor, problem, 1, grid));
    const constant = freeConstant(known, found.value, spec.channels, anchors);
    const values = withConstant(found.value, constant);
    this.#figures = defined({
      psnr: truthPsnr({ ...problem, reference: { ...reference, data: known } }, values),
      exactPsnr: this.#exactPsnr(problem, grid, values),
    });
    this.#areNews = true;
    this.#post({ type: 'preview', step, ...spread(found, grid, problem, constant) });
    this.#pace.sent(step, { begun, trained, pixels: grid.columns * grid.rows });
  }

  /** Over the preview's pixels alone; for a clone, those of them that lie inside the mask. */
  #exactPsnr(problem: Problem, grid: Grid, values: Float64Array): number | undefined {
    if (this.#exact === undefined) return undefined;
    const { channels } = problem.reference;
    const exact = Float64Array.from(sampleAt(this.#exact, problem, channels, grid));
    const { seam } = problem.guidance;
    const inside = seam && Uint8Array.from(sampleAt(seam.inside, problem, 1, grid));
    return exactPsnr(problem, values, exact, inside);
  }
}

function unsaved(thrown: unknown): SeamfieldError {
  return new SeamfieldError(
    'unwritable-output',
    `The training can’t be kept safe on disk (${reasonOf(thrown)}); make room there. It goes on meanwhile.`,
  );
}
