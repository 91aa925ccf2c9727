import type {
  CompositionRequest,
  PreviewComposition,
} from '../../src-shared/contract/composition-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { PreviewFiles } from '../jobs/questions.ts';
import type { CompositionFiles, FileSource, TrainingTask } from '../jobs/tasks.ts';

/** What a page asks for as a job's process understands it: handles become files. */
export function taskOf(request: JobRequest, fileOf: (imageId: string) => FileSource): TrainingTask {
  const shared = { previews: true };
  switch (request.kind) {
    case 'reconstruct': {
      const { imageId, ...rest } = request;
      return { ...rest, ...shared, image: fileOf(imageId) };
    }
    case 'fuse': {
      const { imageA, imageB, ...rest } = request;
      return { ...rest, ...shared, a: fileOf(imageA), b: fileOf(imageB) };
    }
    case 'clone': {
      const { composition, ...rest } = request;
      return { ...rest, ...shared, composition: compositionOf(composition, fileOf) };
    }
  }
}

/** The same of a composition to be previewed, whose masks may have come along. */
export function previewOf(
  { targetId, layers }: PreviewComposition,
  fileOf: (imageId: string) => FileSource,
): PreviewFiles {
  const files = layers.map((layer) => {
    if ('mask' in layer) {
      const { sourceId, ...rest } = layer;
      return { ...rest, source: fileOf(sourceId) };
    }
    const { sourceId, maskId, ...fusion } = layer;
    return { ...fusion, source: fileOf(sourceId), mask: fileOf(maskId) };
  });
  return { target: fileOf(targetId), layers: files };
}

/** A composition with its handles made files. */
function compositionOf(
  { targetId, layers }: CompositionRequest,
  fileOf: (imageId: string) => FileSource,
): CompositionFiles {
  const files = layers.map(({ sourceId, maskId, ...fusion }) => ({
    ...fusion,
    source: fileOf(sourceId),
    mask: fileOf(maskId),
  }));
  return { target: fileOf(targetId), layers: files };
}
