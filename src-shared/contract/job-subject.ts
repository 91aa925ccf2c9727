import type { JobRequest } from './training-schemas.ts';

/** The photograph that a job is about and named after, by handle. */
export function subjectOf(request: JobRequest): string {
  switch (request.kind) {
    case 'reconstruct':
      return request.imageId;
    case 'fuse':
      return request.imageA;
    case 'clone':
      return request.composition.targetId;
  }
}
