import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RememberedPhotographs } from './remembered-photographs.ts';

/** A browser's locks, each held by one page until that ends. */
const held = new Set<string>();
const locks = {
  request: (name: string, _options: unknown, take: (lock: unknown) => unknown) => {
    if (held.has(name)) return take(null);
    held.add(name);
    return take({});
  },
};

beforeEach(() => void vi.stubGlobal('navigator', { locks }));
afterEach(() => {
  held.clear();
  vi.unstubAllGlobals();
});

function storage(content = new Map<string, string>()) {
  const copy = () => storage(new Map(content));
  const getItem = (key: string) => content.get(key) ?? null;
  return { getItem, setItem: (key: string, value: string) => void content.set(key, value), copy };
}

async function page(kept: ReturnType<typeof storage>) {
  const remembered = new RememberedPhotographs(kept);
  return { remembered, before: await remembered.take() };
}

describe('the photographs of a page', () => {
  it('are remembered over a reload', async () => {
    const kept = storage();
    const { remembered, before } = await page(kept);
    remembered.store(['a', 'b']);
    held.clear();
    expect([before, (await page(kept)).before]).toEqual([[], ['a', 'b']]);
  });

  it('are not a copy’s to close, which remembers its own', async () => {
    const kept = storage();
    (await page(kept)).remembered.store(['a']);
    const copied = kept.copy();
    const copy = await page(copied);
    copy.remembered.store(['b']);
    expect(copy.before).toEqual([]);
    held.clear();
    expect([(await page(kept)).before, (await page(copied)).before]).toEqual([['a'], ['b']]);
  });

  it('are none where what was stored is not ours', async () => {
    const kept = storage();
    kept.setItem('seamfield.photographs', '{"page":1}');
    expect((await page(kept)).before).toEqual([]);
  });
});
