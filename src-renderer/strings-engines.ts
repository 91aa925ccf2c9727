import type { Provider } from '../src-shared/model/training.ts';

/** What computes, and where. */
export const engineStrings = {
  label: 'Computes on',
  fastest: 'The fastest',
  hint: 'The fastest is found by a short race at the job’s own size, once, and remembered',
  fastestOf: (names: readonly string[]) => `Fastest of ${names.join(', ')}`,
  providers: {
    cpu: 'CPU',
    webgpu: 'GPU (WebGPU)',
    cuda: 'GPU (CUDA)',
    directml: 'GPU (DirectML)',
    coreml: 'Core ML',
  } satisfies Record<Provider, string>,
};
