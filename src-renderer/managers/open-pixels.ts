import type { Transport } from '../transport/transport.ts';

/** A photograph's pixels, RGBA, alpha straight; at its own size as far as the host gives it. Rejects with its error. */
export async function openPixels(transport: Transport, imageId: string): Promise<ImageData> {
  const { bufferId, width, height } = await transport.request('images:pixels', { imageId });
  return new ImageData(new Uint8ClampedArray(await transport.fetchBuffer(bufferId)), width, height);
}
