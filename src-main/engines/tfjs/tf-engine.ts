import type { Provider, SirenSpec } from '../../../src-shared/model/training.ts';
import type { Engine, Evaluation, Order, Training } from '../../siren/engine.ts';
import { forward } from '../../siren/loss-gradient.ts';
import { layerShapes } from '../../siren/spec.ts';
import type { Parameters } from '../../siren/spec.ts';
import type { Optimiser } from '../../siren/step.ts';
import { evaluationOutputs } from '../evaluation-graph.ts';
import type { Tensor, Tf } from './tf.ts';
import { Scalars, tfOps } from './tf-ops.ts';
import { TfTraining } from './tf-training.ts';

/** Points evaluated at a time. */
const ROWS = 8192;

/** TensorFlow.js behind the interface of every engine. It computes eagerly, on whichever backend `tf` has. */
export class TfEngine implements Engine {
  readonly name = 'tfjs';
  readonly threads = 1;
  private readonly scalars: Scalars;

  constructor(
    private readonly tf: Tf,
    readonly provider: Provider,
  ) {
    this.scalars = new Scalars(tf);
  }

  train(spec: SirenSpec, optimiser: Optimiser, parameters: Parameters): Promise<Training> {
    return Promise.resolve(new TfTraining(this.tf, spec, optimiser, parameters));
  }

  async evaluate(
    spec: SirenSpec,
    { W, b }: Parameters,
    points: Float32Array,
    order: Order,
  ): Promise<Evaluation> {
    const { tf } = this;
    const { channels } = spec;
    const n = points.length / 2;
    const names = evaluationOutputs(order);
    const results = names.map(() => new Float32Array(n * channels));
    const network = tf.tidy(() => ({
      W: layerShapes(spec).map(({ inputs, outputs }, k) => tf.tensor2d(W[k]!, [inputs, outputs]) as Tensor),
      b: layerShapes(spec).map((_, k) => tf.tensor(b[k]!)),
    }));
    try {
      for (let start = 0; start < n; start += ROWS) {
        const rows = Math.min(ROWS, n - start);
        const found = this.jet(network, points.slice(2 * start, 2 * (start + rows)), order);
        const values = await Promise.all(found.map((tensor) => tensor.data()));
        tf.dispose(found);
        values.forEach((data, i) => results[i]!.set(data, start * channels));
      }
    } finally {
      tf.dispose([...network.W, ...network.b]);
    }
    const [value, dx, dy, laplacian] = results;
    return { value: value!, ...(dx && dy && { dx, dy }), ...(laplacian && { laplacian }) };
  }

  dispose(): Promise<void> {
    this.scalars.dispose();
    return Promise.resolve();
  }

  /** What evaluationOutputs names, at points [rows, 2]. */
  private jet(network: { W: Tensor[]; b: Tensor[] }, points: Float32Array, order: Order): Tensor[] {
    const { tf } = this;
    return tf.tidy(() => {
      const rows = points.length / 2;
      const axis = (x: number, y: number) =>
        tf.tensor2d(
          Float32Array.from(points, (_, i) => (i % 2 === 0 ? x : y)),
          [rows, 2],
        );
      const jet = {
        h: tf.tensor2d(points, [rows, 2]) as Tensor,
        first: order === 0 ? [] : [axis(1, 0), axis(0, 1)],
      };
      const { output } = forward(tfOps(tf, this.scalars), network, jet, order === 2);
      return [output.h, ...output.first, ...(output.laplacian ? [output.laplacian] : [])];
    });
  }
}
