import type { PixelDescriptor } from '../../src-shared/contract/image-schemas.ts';
import type { Transport } from '../transport/transport.ts';

/** The pixels behind a descriptor, RGBA, alpha straight. Rejects with the host's error. */
export async function fetchPixels(
  transport: Pick<Transport, 'fetchBuffer'>,
  described: PixelDescriptor,
): Promise<ImageData> {
  return pixelsIn(await transport.fetchBuffer(described.bufferId), described);
}

/** The same of bytes that have been fetched. */
export function pixelsIn(bytes: ArrayBuffer, { width, height }: PixelDescriptor): ImageData {
  return new ImageData(new Uint8ClampedArray(bytes), width, height);
}
