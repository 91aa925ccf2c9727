import type { InferenceSession } from 'onnxruntime-node';

import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Engine, Evaluation, Order, Training } from '../siren/engine.ts';
import type { Parameters } from '../siren/spec.ts';
import type { Optimiser } from '../siren/step.ts';
import { OrtEvaluator } from './ort-evaluator.ts';
import { OrtTraining } from './ort-training.ts';

/** Rows whose activations stay in a core's cache while the products stay efficient; measured in the bench. */
const CHUNK_ROWS = 1024;

/** onnxruntime's CPU provider. */
export class OrtEngine implements Engine {
  readonly name = 'ort';
  readonly provider = 'cpu';
  private readonly evaluator: OrtEvaluator;
  private readonly sessionOptions: InferenceSession.SessionOptions;

  constructor(readonly threads: number) {
    this.sessionOptions = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 };
    this.evaluator = new OrtEvaluator(this.sessionOptions);
  }

  train(spec: SirenSpec, optimiser: Optimiser, parameters: Parameters): Promise<Training> {
    const options = { sessionOptions: this.sessionOptions, chunkRows: CHUNK_ROWS, stepsPerRun: 1 };
    return Promise.resolve(new OrtTraining(spec, optimiser, parameters, options));
  }

  evaluate(spec: SirenSpec, parameters: Parameters, points: Float32Array, order: Order): Promise<Evaluation> {
    return this.evaluator.evaluate(spec, parameters, points, order);
  }

  dispose(): Promise<void> {
    return this.evaluator.dispose();
  }
}
