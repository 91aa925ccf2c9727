import type { BufferDescriptor } from '../../src-shared/contract/image-schemas.ts';
import type { Plane } from '../stores/picture.ts';
import type { Transport } from '../transport/transport.ts';

/** The numbers behind a descriptor. Rejects with the host's error. */
export async function fetchPlane(
  transport: Transport,
  { bufferId, width, height, channels }: BufferDescriptor,
): Promise<Plane> {
  return { width, height, channels, data: new Float32Array(await transport.fetchBuffer(bufferId)) };
}
