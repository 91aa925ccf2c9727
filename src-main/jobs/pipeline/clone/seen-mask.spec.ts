import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeSeenMask } from './seen-mask.ts';

const seen = (width: number, height: number, bytes: Uint8Array) => ({
  ...{ x: 0, y: 0, step: 1, width, height },
  bytes: deflateSync(bytes).toString('base64'),
});

describe('a mask that comes with a question', () => {
  it('is its bytes as shares', () => {
    const { data, ...size } = decodeSeenMask(seen(2, 1, Uint8Array.of(51, 255)));
    expect(size).toEqual({ width: 2, height: 1, channels: 1 });
    expect([...data]).toEqual([Math.fround(0.2), 1]);
  });

  it.each([
    ['too few bytes', seen(2, 2, new Uint8Array(3))],
    ['more bytes than it has pixels, a bomb among them', seen(2, 2, new Uint8Array(1e6))],
    ['no compressed bytes', { ...seen(2, 2, new Uint8Array(4)), bytes: 'AAAA' }],
  ])('is refused with a sentence for %s', (_, mask) => {
    expect(() => decodeSeenMask(mask)).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});
