import { expect, it } from 'vitest';

import { softDisc } from './soft-disc.ts';

it('a soft disc is white in its middle, grey on its rim and black in its corners', () => {
  const disc = softDisc(32, 4);
  expect(disc[16 * 32 + 16]).toBe(255);
  expect(disc[0]).toBe(0);
  expect(disc[16 * 32]).toBeGreaterThan(0);
  expect(disc[16 * 32]).toBeLessThan(255);
});
