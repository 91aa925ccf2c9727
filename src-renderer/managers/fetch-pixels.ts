import type { PixelDescriptor } from '../../src-shared/contract/image-schemas.ts';
import type { Transport } from '../transport/transport.ts';

/** The pixels behind a descriptor, RGBA, alpha straight. Rejects with the host's error. */
export async function fetchPixels(
  transport: Pick<Transport, 'fetchBuffer'>,
  { bufferId, width, height }: PixelDescriptor,
): Promise<ImageData> {
  return new ImageData(new Uint8ClampedArray(await transport.fetchBuffer(bufferId)), width, height);
}
