import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { JobRequest } from '../../src-shared/contract/schemas.ts';
import type { FileSource, TrainingTask } from '../jobs/protocol.ts';

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
      const { sourceId, targetId, maskId, size, ...rest } = request;
      if (size !== undefined) {
        throw new SeamfieldError(
          'bad-option',
          'A clone works at the size of its target; leave the size out.',
        );
      }
      return { ...rest, ...shared, source: fileOf(sourceId), target: fileOf(targetId), mask: fileOf(maskId) };
    }
  }
}
