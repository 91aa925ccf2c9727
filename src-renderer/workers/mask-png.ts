import type { Extent } from '../canvas/camera.ts';
import { greyPng } from '../canvas/mask/grey-png.ts';
import { InWorker } from './in-worker.ts';

const packer = new InWorker(
  () => new Worker(new URL('./mask-png-worker.ts', import.meta.url), { type: 'module' }),
  ({ data, size }: { readonly data: Uint8Array; readonly size: Extent }) => greyPng(data, size),
);

/** `greyPng`, made beside the page's own thread: a part of a mask is kept twice a second while somebody paints. */
export function maskPng(data: Uint8Array, size: Extent): Promise<Blob> {
  return packer.ask({ data, size });
}
