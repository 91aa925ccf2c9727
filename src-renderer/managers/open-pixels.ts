import type { Transport } from '../transport/transport.ts';
import { fetchPixels } from './fetch-pixels.ts';

/** A photograph's pixels, RGBA, alpha straight; at its own size as far as the host gives it. Rejects with its error. */
export async function openPixels(transport: Transport, imageId: string): Promise<ImageData> {
  return fetchPixels(transport, await transport.request('images:pixels', { imageId }));
}
