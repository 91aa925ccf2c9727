import { inflateSync } from 'node:zlib';
import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { SeenMask } from '../../../../src-shared/contract/composition-schemas.ts';
import type { Raster } from '../../../fields/index.ts';

/** A mask that came with a question, as shares 0…1. Throws `bad-option` where its bytes are not those of its size. */
export function decodeSeenMask({ width, height, bytes }: SeenMask): Raster {
  const count = width * height;
  const data = new Float32Array(count);
  const stored = inflated(bytes, count);
  if (stored?.length !== count) {
    throw new SeamfieldError(
      'bad-option',
      `A mask of ${width} × ${height} pixels came without their bytes; send it again.`,
    );
  }
  for (let i = 0; i < count; i++) data[i] = stored[i]! / 255;
  return { width, height, channels: 1, data };
}

/** No more than `most` bytes, whatever they say they are; undefined for what is none of zlib's. */
function inflated(text: string, most: number): Uint8Array | undefined {
  try {
    return inflateSync(Buffer.from(text, 'base64'), { maxOutputLength: most });
  } catch {
    return undefined;
  }
}
