import type { InferenceSession } from 'onnxruntime-node';

import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Engine, Evaluation, Order, Training } from '../siren/engine.ts';
import type { Parameters } from '../siren/spec.ts';
import type { Optimiser } from '../siren/step.ts';
import { OrtEvaluator } from './ort-evaluator.ts';
import { OrtTraining } from './ort-training.ts';
import { cpuProfile } from './providers/cpu-profile.ts';
import { profiles } from './providers/profile.ts';
import type { ProviderProfile } from './providers/profile.ts';
import { ShardedTraining } from './sharded/sharded-training.ts';

/**
 * onnxruntime's CPU provider. With several threads the batch is sharded over single-threaded sessions, because the
 * provider's sine and cosine use one thread only; with one, the whole step is one graph.
 */
export class OrtEngine implements Engine {
  readonly name = 'ort';
  readonly provider = 'cpu';
  private readonly evaluator: OrtEvaluator;
  private readonly sessionOptions: InferenceSession.SessionOptions;

  /** @param profile instead of what is best on this machine */
  constructor(
    readonly threads: number,
    private readonly profile?: ProviderProfile,
  ) {
    this.sessionOptions = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 };
    // The provider's own sine uses one thread only; one of ordinary operators uses all.
    this.evaluator = new OrtEvaluator(this.sessionOptions, profiles.cpu);
  }

  async train(spec: SirenSpec, optimiser: Optimiser, parameters: Parameters): Promise<Training> {
    const profile = this.profile ?? (await cpuProfile());
    if (this.threads > 1) return ShardedTraining.start(spec, optimiser, parameters, this.threads, profile);
    return new OrtTraining(spec, optimiser, parameters, this.sessionOptions, profile);
  }

  evaluate(spec: SirenSpec, parameters: Parameters, points: Float32Array, order: Order): Promise<Evaluation> {
    return this.evaluator.evaluate(spec, parameters, points, order);
  }

  dispose(): Promise<void> {
    return this.evaluator.dispose();
  }
}
