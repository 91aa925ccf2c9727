import { beforeEach, describe, expect, it } from 'vitest';
import { Reloads } from './reloads.ts';

let now: number;
let reloads: Reloads;
beforeEach(() => {
  now = 0;
  reloads = new Reloads(() => now);
});

/** What came of crashes that are so many ms apart. */
const crashes = (count: number, apart: number) =>
  Array.from({ length: count }, () => {
    now += apart;
    return reloads.crashed();
  });

describe('a page that crashed', () => {
  it('is loaded again, but not where it crashes again and again in a short time', () => {
    expect(crashes(5, 2000)).toEqual([true, true, true, false, false]);
  });

  it('is loaded again however often, where it lived between', () => {
    expect(crashes(20, 21_000)).not.toContain(false);
  });

  it('is loaded again some time after it was given up, or once the user has said so', () => {
    crashes(4, 100);
    expect(reloads.crashed()).toBe(false);
    now += 60_000;
    expect(reloads.crashed()).toBe(true);
    crashes(3, 100);
    reloads.forget();
    expect(crashes(4, 100)).toEqual([true, true, true, false]);
  });
});
