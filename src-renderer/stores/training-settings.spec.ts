import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src-shared/contract/limits.ts';
import { jobRequest } from '../../src-shared/contract/training-schemas.ts';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import { losses, providers } from '../../src-shared/model/training.ts';
import { openImage as image } from './testing.ts';
import {
  budgetOf,
  defaultSettings,
  cloneSizes,
  requestOf,
  sizeOf,
  sizesFor,
  toRequest,
  type TrainingSettings,
} from './training-settings.ts';

const wish = fc.option(fc.double({ min: -1e6, max: 1e6 }), { nil: null });
const anySettings: fc.Arbitrary<TrainingSettings> = fc.record({
  from: fc.constantFrom(...supervisions),
  operator: fc.constantFrom(...operators),
  size: fc.integer({ min: limits.size[0], max: limits.size[1] }),
  loss: fc.constantFrom(...losses),
  budget: fc.constantFrom('draft', 'normal', 'fine', 'custom'),
  seconds: fc.double({ min: -10, max: 1e6, noNaN: true }),
  hidden: wish,
  layers: wish,
  omega: wish,
  seed: wish,
  threads: wish,
  provider: fc.constantFrom(null, ...providers),
});

describe('training settings', () => {
  it('become a request the contract accepts, whatever was typed', () => {
    fc.assert(
      fc.property(anySettings, fc.integer({ min: 1, max: 5000 }), (settings, side) => {
        expect(v.safeParse(jobRequest, toRequest(settings, 'image', side)).success).toBe(true);
      }),
    );
  });

  it('leave to the program what nobody set', () => {
    const request = toRequest(defaultSettings, 'image', 512);
    expect(Object.keys(request)).not.toContain('omega');
    expect(Object.keys(request)).not.toContain('provider');
    expect(request).toMatchObject({ from: 'gradient', size: 256, budget: { seconds: 30 } });
  });

  it.each([['draft', 10], ['normal', 30], ['fine', 120], ['custom', 7]] as const)(
    'of budget %s train for %i s: the user’s own seconds only where they chose to',
    (budget, seconds) => {
      expect(budgetOf(budget, 7)).toEqual({ seconds });
      expect(toRequest({ ...defaultSettings, budget, seconds: 7 }, 'image', 512).budget).toEqual({ seconds });
    },
  ); // prettier-ignore

  it('bring seconds that nobody could wait for, or that are none, into their range', () => {
    expect([-3, 1e9].map((seconds) => budgetOf('custom', seconds).seconds)).toEqual(limits.seconds);
  });

  it('never enlarge a small photograph', () => {
    expect(toRequest(defaultSettings, 'image', 100)).toMatchObject({ size: 100 });
    expect(sizesFor(200)).toEqual([64, 96, 128, 192]);
    expect(sizesFor(40)).toEqual([40]);
  });
});

describe('a second photograph', () => {
  it('makes it a fusion of both, which is never asked to come from Laplacians', () => {
    const settings: TrainingSettings = { ...defaultSettings, from: 'laplacian', size: 1024 };
    const request = requestOf({ image, second: { ...image, id: 'j' }, alpha: 0.3, settings });
    expect(request).toMatchObject({ kind: 'fuse', imageA: 'i', imageB: 'j', alpha: 0.3, size: 512 });
    expect(v.safeParse(jobRequest, request).success).toBe(true);
    expect(requestOf({ image, second: null, alpha: 0.3, settings })).toEqual(toRequest(settings, 'i', 512));
  });
});

describe('what is asked of a clone’s network', () => {
  it('is a size, unless it is to see all pixels', () => {
    expect(cloneSizes.map(sizeOf).map(({ size }) => size)).toEqual([
      256,
      256,
      384,
      512,
      768,
      1024,
      undefined,
    ]);
    expect(sizeOf('full')).toEqual({});
  });
});
