import type { Transport } from '../transport/transport.ts';
import { fetchPlane } from './fetch-plane.ts';
import { pixelsOf } from './patch.ts';

/** A photograph's pixels at its own size. Rejects with the host's error. */
export async function openPixels(transport: Transport, imageId: string): Promise<ImageData> {
  const view = await transport.request('images:view', { imageId, view: 'value' });
  return pixelsOf(await fetchPlane(transport, view));
}
