import type { ReconstructTask } from '../tasks.ts';
import { gradientOf, laplacianOf } from '../../fields/index.ts';
import { defaultSize, loadPhotograph } from './inputs/load.ts';
import type { Problem } from './problem.ts';

/** A photograph's own derivatives, to be integrated back into it. */
export async function reconstruct(signal: AbortSignal, task: ReconstructTask): Promise<Problem> {
  const { image: file, from, size = defaultSize, operator = 'staggered', encoding = 'srgb' } = task;
  const image = await loadPhotograph(signal, file, size, encoding);
  const { width, height, bitDepth, alpha } = image;
  return {
    width,
    height,
    guidance: { field: from === 'gradient' ? gradientOf(image, operator) : laplacianOf(image, operator) },
    reference: image,
    referenceIsTruth: true,
    encoding,
    bitDepth,
    ...(alpha && { alpha }),
    notes: [],
  };
}
