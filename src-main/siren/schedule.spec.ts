import { describe, expect, it } from 'vitest';

import { ORDINARY_CONTRAST, scheduleFor } from './schedule.ts';

const derivativeWeightAt = (contrast?: number) =>
  scheduleFor('balanced', 'gradient', 'muon', 128 * 128, contrast).phases[1]!.weights.directional;

describe('the weight of the derivatives in a balanced training', () => {
  it('is the usual one for a picture of ordinary contrast', () => {
    expect(derivativeWeightAt(ORDINARY_CONTRAST)).toBe(derivativeWeightAt());
  });

  it('grows as the contrast falls, within bounds', () => {
    const weights = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 10].map(derivativeWeightAt);
    for (let i = 1; i < weights.length; i++) expect(weights[i]!).toBeLessThanOrEqual(weights[i - 1]!);
    expect(weights[2]! / weights[5]!).toBeGreaterThan(10);
    expect(weights[0]! / derivativeWeightAt()).toBe(16);
    expect(weights.at(-1)! / derivativeWeightAt()).toBe(0.5);
  });

  it('leaves a pure residual and pure values as they are', () => {
    for (const loss of ['residual', 'integrated'] as const) {
      expect(scheduleFor(loss, 'gradient', 'muon', 1024, 0.01)).toEqual(
        scheduleFor(loss, 'gradient', 'muon', 1024),
      );
    }
  });
});
