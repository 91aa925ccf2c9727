import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Checkpoint } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.ts';
import { crc32 } from './crc32.ts';
import { parameterCount } from './spec.ts';
import { stateLength } from './step.ts';

const spec = { channels: 3, hidden: 4, layers: 2, omega: 30.1 } as const;
const numbers = (length: number, from: number) => Float32Array.from({ length }, (_, i) => from + 0.1 * i);
const sampler = { epoch: [1, -2, 2 ** 31 - 1, 0], drawn: 9 } as const;
const checkpoint: Checkpoint = {
  spec,
  optimiser: 'muon',
  seed: 2 ** 32 - 1,
  fingerprint: 0xfedcba98,
  leg: 2,
  spent: { steps: 400, seconds: 1.25, legSteps: 40, legSeconds: 0.125 },
  flops: 1e15,
  roundsProducts: true,
  trainedBy: { engine: 'ort', provider: 'cuda', machine: 'a processor (8 cores), a system' },
  recoveries: 1,
  sinceRestore: 12,
  phase: 1,
  watch: { mean: 0.1 + 0.2, seen: 30, bestLoss: 1e-7 },
  samplers: { value: sampler, directional: sampler, laplacian: sampler },
  curve: [
    { step: 4, seconds: 0.1, loss: 1 / 3 },
    { step: 8, seconds: 0.2, loss: Number.NaN },
  ],
  state: numbers(stateLength(spec, 'muon'), 0),
  best: numbers(parameterCount(spec), 100),
  before: numbers(parameterCount(spec), 200),
};

const refused = (bytes: Uint8Array) => {
  expect(() => decodeCheckpoint(bytes)).toThrow(expect.objectContaining({ code: 'bad-checkpoint' }) as Error);
};

describe('a checkpoint as a file', () => {
  it('comes back as it was, with all there may be or as little as there must', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
    const { best, before, roundsProducts, trainedBy, ...rest } = checkpoint;
    expect([best, before, roundsProducts, trainedBy]).not.toContain(undefined);
    const bare = {
      ...rest,
      watch: { mean: Number.NaN, seen: 0, bestLoss: Infinity },
      curve: [],
      phase: -1,
    };
    expect(decodeCheckpoint(encodeCheckpoint(bare))).toEqual(bare);
  });

  it('ends in the checksum that zip and PNG use', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it('is refused with any bit flipped', () => {
    const bytes = encodeCheckpoint(checkpoint);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 * bytes.length - 1 }), (bit) => {
        const damaged = bytes.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        refused(damaged);
      }),
    );
  });

  it('is refused when cut off or grown', () => {
    const bytes = encodeCheckpoint(checkpoint);
    fc.assert(fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (n) => refused(bytes.slice(0, n))));
    refused(Uint8Array.of(...bytes, 0));
  });

  it('is refused where a header promises more than there is, its checksum right', () => {
    const bytes = encodeCheckpoint(checkpoint);
    const tampered = (change: (text: string) => string) => {
      const view = new DataView(bytes.buffer);
      const length = view.getUint32(8, true);
      const text = new TextDecoder().decode(bytes.subarray(12, 12 + length)).trimEnd();
      const header = new TextEncoder().encode(change(text).padEnd(length));
      const next = new Uint8Array(12 + header.length + bytes.length - 12 - length);
      next.set(bytes.subarray(0, 12));
      next.set(header, 12);
      next.set(bytes.subarray(12 + length), 12 + header.length);
      const out = new DataView(next.buffer);
      out.setUint32(8, header.length, true);
      out.setUint32(next.length - 4, crc32(next.subarray(0, next.length - 4)), true);
      return next;
    };
    expect(decodeCheckpoint(tampered((text) => text))).toEqual(checkpoint);
    refused(tampered((text) => text.replace('"hidden":4', '"hidden":1e9')));
    refused(tampered((text) => text.replace('"hidden":4', '"hidden":5')));
    refused(tampered((text) => text.replace('"layers":2', '"layers":16')));
    refused(tampered((text) => text.replace('"points":2', '"points":999999')));
    refused(tampered((text) => text.replace('"hasBest":true', '"hasBest":false')));
    refused(tampered((text) => text.replace('"leg"', '"extra":1,"leg"')));
    refused(tampered(() => '[]'));
    refused(tampered(() => '{'));
  });
});
