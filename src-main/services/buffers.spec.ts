import { describe, expect, it, vi } from 'vitest';
import { Buffers } from './buffers.ts';

const view = (value: number) =>
  ({ width: 2, height: 1, channels: 1, data: Float32Array.of(value, 0) }) as const;

describe('buffers', () => {
  it('give back exactly the descriptor’s bytes', () => {
    const buffers = new Buffers();
    const whole = Float32Array.of(9, 9, 0.25, 0.5);
    const { bufferId, ...descriptor } = buffers.put({
      width: 2,
      height: 1,
      channels: 1,
      data: whole.subarray(2),
    });
    expect(descriptor).toEqual({ width: 2, height: 1, channels: 1, dtype: 'f32' });
    const bytes = buffers.get(bufferId)!;
    expect([...new Float32Array(bytes.slice().buffer)]).toEqual([0.25, 0.5]);
  });

  it('drop the oldest beyond a few dozen, and only those', () => {
    const buffers = new Buffers();
    const ids = Array.from({ length: 60 }, (_, i) => buffers.put(view(i)).bufferId);
    expect(buffers.get(ids[0]!)).toBeUndefined();
    expect(ids.filter((id) => buffers.get(id) !== undefined)).toEqual(ids.slice(12));
  });
});

describe('numbers that nobody fetched', () => {
  it('are not kept for ever, and give their room back', () => {
    vi.useFakeTimers();
    try {
      const buffers = new Buffers();
      const { bufferId } = buffers.put(view(1));
      vi.advanceTimersByTime(4 * 60_000);
      const later = buffers.put(view(2)).bufferId;
      expect(buffers.get(bufferId)).toBeDefined();
      vi.advanceTimersByTime(2 * 60_000);
      expect(buffers.get(bufferId)).toBeUndefined();
      expect(buffers.get(later)).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });
});
