import { describe, expect, it } from 'vitest';
import { attachment, Downloads } from './downloads.ts';

describe('a download', () => {
  it('carries any name without letting it out of its quotes', () => {
    expect(attachment('köln "a"\r\n.png')).toBe(
      `attachment; filename="k_ln _a___.png"; filename*=UTF-8''k%C3%B6ln%20%22a%22%0D%0A.png`,
    );
  });

  it('is kept while few others follow', () => {
    const downloads = new Downloads();
    const file = { name: 'a.png', type: 'image/png', bytes: Uint8Array.of(1) };
    const ids = Array.from({ length: 9 }, () => downloads.put(file));
    expect(downloads.get(ids[0]!)).toBeUndefined();
    expect(downloads.get(ids[1]!)).toBe(file);
  });
});
