import type { PreviewComposition } from '../../src-shared/contract/composition-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';

/** The handles of photographs that a request names, each once. */
export function handlesIn(request: JobRequest | { readonly composition: PreviewComposition }): string[] {
  const composition = ({ targetId, layers }: PreviewComposition) => [
    targetId,
    ...layers.flatMap((layer) => ('maskId' in layer ? [layer.sourceId, layer.maskId] : [layer.sourceId])),
  ];
  if (!('kind' in request)) return [...new Set(composition(request.composition))];
  switch (request.kind) {
    case 'reconstruct':
      return [request.imageId];
    case 'fuse':
      return [...new Set([request.imageA, request.imageB])];
    case 'clone':
      return [...new Set(composition(request.composition))];
  }
}

/** The masks among them. */
export function masksIn(request: JobRequest): string[] {
  return request.kind === 'clone' ? request.composition.layers.map(({ maskId }) => maskId) : [];
}

/** The request with other handles in place of those that `by` names. */
export function withHandles(request: JobRequest, by: ReadonlyMap<string, string>): JobRequest {
  const other = (id: string) => by.get(id) ?? id;
  switch (request.kind) {
    case 'reconstruct':
      return { ...request, imageId: other(request.imageId) };
    case 'fuse':
      return { ...request, imageA: other(request.imageA), imageB: other(request.imageB) };
    case 'clone': {
      const { targetId, layers } = request.composition;
      return {
        ...request,
        composition: {
          targetId: other(targetId),
          layers: layers.map((layer) => ({
            ...layer,
            sourceId: other(layer.sourceId),
            maskId: other(layer.maskId),
          })),
        },
      };
    }
  }
}
