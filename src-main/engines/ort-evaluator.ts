import { InferenceSession, Tensor } from 'onnxruntime-node';

import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Evaluation, Order } from '../siren/engine.ts';
import type { Parameters } from '../siren/spec.ts';
import { layerShapes } from '../siren/spec.ts';
import type { OpsProfile } from './counted-ops.ts';
import { evaluationGraph, evaluationOutputs } from './evaluation-graph.ts';

/** Rows of one run: enough to keep the products efficient, few enough to stay in cache and answer a cancel soon. */
const ROWS = 1024;

/** Evaluates networks at points, block by block, keeping one session for each shape of network and order asked for. */
export class OrtEvaluator {
  private readonly sessions = new Map<string, Promise<InferenceSession>>();

  constructor(
    private readonly sessionOptions: InferenceSession.SessionOptions,
    private readonly profile: OpsProfile = {},
  ) {}

  async evaluate(
    spec: SirenSpec,
    parameters: Parameters,
    points: Float32Array,
    order: Order,
  ): Promise<Evaluation> {
    const n = points.length / 2;
    const session = await this.session(spec, order);
    const feeds: Record<string, Tensor> = {};
    layerShapes(spec).forEach(({ inputs, outputs }, k) => {
      feeds[`W${k}`] = new Tensor('float32', parameters.W[k]!, [inputs, outputs]);
      feeds[`b${k}`] = new Tensor('float32', parameters.b[k]!, [outputs]);
    });
    const block = new Float32Array(2 * ROWS);
    feeds['points'] = new Tensor('float32', block, [ROWS, 2]);
    const names = evaluationOutputs(order);
    const results = names.map(() => new Float32Array(n * spec.channels));
    const fetches = Object.fromEntries(
      names.map((name) => [
        name,
        new Tensor('float32', new Float32Array(ROWS * spec.channels), [ROWS, spec.channels]),
      ]),
    );
    for (let start = 0; start < n; start += ROWS) {
      const rows = Math.min(ROWS, n - start);
      block.set(points.subarray(2 * start, 2 * (start + rows)));
      await session.run(feeds, fetches);
      names.forEach((name, i) => {
        const data = fetches[name]!.data as Float32Array;
        results[i]!.set(data.subarray(0, rows * spec.channels), start * spec.channels);
      });
    }
    const [value, dx, dy, laplacian] = results;
    return { value: value!, ...(dx && dy && { dx, dy }), ...(laplacian && { laplacian }) };
  }

  async dispose(): Promise<void> {
    const sessions = await Promise.allSettled(this.sessions.values());
    this.sessions.clear();
    // Of one that could not be opened, whoever asked for it knows.
    for (const session of sessions) if (session.status === 'fulfilled') await session.value.release();
  }

  private session(spec: SirenSpec, order: Order): Promise<InferenceSession> {
    const key = [spec.channels, spec.hidden, spec.layers, order].join();
    let session = this.sessions.get(key);
    if (!session) {
      session = InferenceSession.create(
        evaluationGraph(spec, order, ROWS, this.profile),
        this.sessionOptions,
      );
      this.sessions.set(key, session);
      // What could not be opened now may be another time.
      session.catch(() => this.sessions.delete(key));
    }
    return session;
  }
}
