import { expect, it } from 'vitest';

import { perSecond } from './per-second.ts';

it('a rate counts whole pieces of work after the first, over the time they took', async () => {
  let clock = 0;
  const work = () => {
    clock += clock === 0 ? 100 : 0.4;
    return Promise.resolve(4);
  };
  expect(await perSecond(1, work, () => clock)).toBeCloseTo(12 / 1.2);
});
