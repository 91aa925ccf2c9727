import type { SirenSpec } from '../../../src-shared/model/training.ts';
import type { Engine, Evaluation, Order, Training } from '../../siren/engine.ts';
import type { Parameters } from '../../siren/spec.ts';
import type { Optimiser } from '../../siren/step.ts';
import { OrtEvaluator } from '../ort-evaluator.ts';
import { OrtTraining } from '../ort-training.ts';
import { DeviceTraining } from './device-training.ts';
import type { ProviderProfile } from './profile.ts';

/** One of onnxruntime's providers, by its profile: whole steps in one graph, wherever it runs them. */
export class ProviderEngine implements Engine {
  readonly name = 'ort';
  readonly threads = 1;
  private readonly evaluator: OrtEvaluator;

  constructor(private readonly profile: ProviderProfile) {
    this.evaluator = new OrtEvaluator(profile.sessionOptions, profile);
  }

  get provider() {
    return this.profile.provider;
  }

  train(spec: SirenSpec, optimiser: Optimiser, parameters: Parameters): Promise<Training> {
    const { profile } = this;
    return Promise.resolve(
      profile.keepsState
        ? new DeviceTraining(spec, optimiser, parameters, profile)
        : new OrtTraining(spec, optimiser, parameters, profile.sessionOptions, profile),
    );
  }

  evaluate(spec: SirenSpec, parameters: Parameters, points: Float32Array, order: Order): Promise<Evaluation> {
    return this.evaluator.evaluate(spec, parameters, points, order);
  }

  dispose(): Promise<void> {
    return this.evaluator.dispose();
  }
}
