import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflateRuns } from './deflate-runs.ts';

const run = fc.record({ value: fc.integer({ min: 0, max: 255 }), count: fc.integer({ min: 1, max: 2000 }) });
const bytesOf = (runs: readonly { value: number; count: number }[]) =>
  Uint8Array.from(runs.flatMap(({ value, count }) => Array<number>(count).fill(value)));

describe('bytes whose runs are made short', () => {
  it('are read back by any reader of zlib’s format, checksum and all', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 20 }).map(bytesOf), (bytes) => {
        expect(inflateSync(deflateRuns(bytes))).toEqual(Buffer.from(bytes));
      }),
      { seed: 7 },
    );
  });

  it('are read back whatever their length, and where there are no runs at all', () => {
    for (let count = 0; count <= 600; count++) {
      const bytes = new Uint8Array(count).fill(255);
      expect(inflateSync(deflateRuns(bytes))).toEqual(Buffer.from(bytes));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(inflateSync(deflateRuns(bytes))).toEqual(Buffer.from(bytes));
      }),
      { seed: 7 },
    );
  });

  it('keep their checksum over more of one value than its sums hold at once', () => {
    const bytes = new Uint8Array(5_000_000).fill(255);
    expect(inflateSync(deflateRuns(bytes)).equals(bytes)).toBe(true);
  });

  it('take a fiftieth of the room where they are a mask', () => {
    const disc = Uint8Array.from({ length: 400 * 300 }, (_, i) =>
      ((i % 400) - 200) ** 2 + (Math.floor(i / 400) - 150) ** 2 < 140 ** 2 ? 255 : 0,
    );
    expect(deflateRuns(disc).length).toBeLessThan(disc.length / 50);
  });
});
