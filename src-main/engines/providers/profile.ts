/**
 * What each of onnxruntime's providers wants of the graphs and of the sessions that run them.
 */
import type { InferenceSession } from 'onnxruntime-node';

import type { Provider } from '../../../src-shared/model/training.ts';
import { CACHE_ROWS } from '../batch-inputs.ts';
import type { OpsProfile } from '../counted-ops.ts';

export interface ProviderProfile extends OpsProfile {
  readonly provider: Provider;
  /** What onnxruntime calls it. */
  readonly ortName: 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml';
  /** Samples that go through the network together. */
  readonly chunkRows: number;
  /** Whether the training state can stay in the device's buffers between runs. */
  readonly keepsState: boolean;
  /** Steps unrolled in one graph, so that a state that crosses the bus does so once in as many. */
  readonly stepsPerGraph: number;
  readonly sessionOptions: InferenceSession.SessionOptions;
}

/** A GPU has no cache to fit a chunk into, and every chunk costs it a hundred launches. */
const WHOLE_BATCH = 1 << 20;

/** Any node that the provider lacks would be sent to the CPU and back in every step: better not to offer it at all. */
const nothingOnTheCpu = { session: { disable_cpu_ep_fallback: '1' } } as const;

/** How many rows a slab of a weight gradient sums over. */
const SLAB_ROWS = 256;

export const profiles: Readonly<Record<Provider, ProviderProfile>> = {
  cpu: {
    provider: 'cpu',
    ortName: 'cpu',
    trigonometry: 'polynomial',
    fewColumns: 4,
    chunkRows: CACHE_ROWS,
    keepsState: false,
    stepsPerGraph: 1,
    sessionOptions: { executionProviders: ['cpu'] },
  },
  // No Loop, Scan or FusedMatMul; WGSL's sine is only good inside ±π. The one provider whose tensors onnxruntime-node
  // can leave on the device.
  webgpu: {
    provider: 'webgpu',
    ortName: 'webgpu',
    trigonometry: 'narrowed',
    slabRows: SLAB_ROWS,
    chunkRows: WHOLE_BATCH,
    keepsState: true,
    stepsPerGraph: 1,
    sessionOptions: { executionProviders: ['webgpu'], extra: nothingOnTheCpu },
  },
  // cuBLAS splits large sums itself.
  cuda: {
    provider: 'cuda',
    ortName: 'cuda',
    chunkRows: WHOLE_BATCH,
    keepsState: false,
    stepsPerGraph: 8,
    sessionOptions: { executionProviders: ['cuda'] },
  },
  // Wants sequential execution and no memory pattern (onnxruntime's documentation of the DirectML provider).
  directml: {
    provider: 'directml',
    ortName: 'dml',
    chunkRows: WHOLE_BATCH,
    keepsState: false,
    stepsPerGraph: 8,
    sessionOptions: { executionProviders: ['dml'], enableMemPattern: false, executionMode: 'sequential' },
  },
  coreml: {
    provider: 'coreml',
    ortName: 'coreml',
    chunkRows: WHOLE_BATCH,
    keepsState: false,
    stepsPerGraph: 8,
    sessionOptions: { executionProviders: ['coreml'] },
  },
};
