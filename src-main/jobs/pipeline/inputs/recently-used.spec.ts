import { describe, expect, it } from 'vitest';
import { RecentlyUsed } from './recently-used.ts';

/** Things of a size of their own, and a count of how often each was made. */
function workshop(limit: number) {
  const made: string[] = [];
  const kept = new RecentlyUsed<{ size: number }>(limit, ({ size }) => size);
  const get = (name: string, size: number) =>
    kept.get(name, () => {
      made.push(name);
      return Promise.resolve({ size });
    });
  return { made, get, kept };
}

describe('what was used recently', () => {
  it('is made once, even for two who ask at the same time', async () => {
    const { made, get } = workshop(10);
    const [a, b] = await Promise.all([get('a', 4), get('a', 4)]);
    expect(a).toBe(b);
    expect(await get('a', 4)).toBe(a);
    expect(made).toEqual(['a']);
  });

  it('gives way once there is too much of it, the longest unused first', async () => {
    const { made, get } = workshop(10);
    await get('a', 4);
    await get('b', 4);
    await get('a', 4);
    await get('c', 4);
    await get('a', 4);
    await get('b', 4);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is let go of where nobody will ask again, even while it is being made', async () => {
    const { made, get, kept } = workshop(10);
    await get('a', 4);
    await get('b', 4);
    const [late] = await Promise.all([get('c', 4), kept.forget((name) => name !== 'b')]);
    expect(late).toEqual({ size: 4 });
    // Room for both: what was let go takes none.
    await get('d', 6);
    await get('b', 4);
    await get('c', 4);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'c']);
  });

  it('does not keep what alone is beyond the limit', async () => {
    const { made, get } = workshop(10);
    expect(await get('a', 11)).toEqual({ size: 11 });
    await get('a', 11);
    expect(made).toEqual(['a', 'a']);
  });

  it('does not remember a failure', async () => {
    const { get, kept } = workshop(10);
    await expect(kept.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await get('a', 1)).toEqual({ size: 1 });
  });
});
