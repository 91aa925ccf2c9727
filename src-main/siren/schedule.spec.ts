import { describe, expect, it } from 'vitest';

import { asksTheSame, ORDINARY_CONTRAST, rateFactor, scheduleFor, warmRestart } from './schedule.ts';

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

describe('values alone', () => {
  it('are half of a balanced training, and less of a small picture’s from Laplacians', () => {
    const until = (from: 'gradient' | 'laplacian', side: number) =>
      scheduleFor('balanced', from, 'muon', side * side).phases[0]!.until;
    expect([until('gradient', 64), until('laplacian', 128), until('gradient', 256)]).toEqual([0.5, 0.5, 0.5]);
    expect(until('laplacian', 64)).toBe(0.3);
  });
});

describe('the learning rate', () => {
  it('rises at once and falls all the way, to 2 % by a cosine and to nothing by a power', () => {
    const shares = Array.from({ length: 99 }, (_, i) => 0.02 + i / 100);
    for (const [decay, last] of [
      ['cosine', 0.02],
      ['power', 0],
    ] as const) {
      const factors = shares.map((share) => rateFactor(share, decay));
      expect(rateFactor(0, decay)).toBe(0.05);
      expect(factors[0]).toBe(1);
      for (let i = 1; i < factors.length; i++) expect(factors[i]!).toBeLessThan(factors[i - 1]!);
      expect(rateFactor(1, decay)).toBeCloseTo(last, 12);
      expect(rateFactor(0.51, decay)).toBeCloseTo(decay === 'cosine' ? 0.51 : 0.5 ** 1.5, 12);
    }
  });

  it('keeps its decay when a training goes on', () => {
    for (const loss of ['balanced', 'residual'] as const) {
      const first = scheduleFor(loss, 'gradient', 'muon', 1024);
      expect(warmRestart(first, loss).decay).toBe(first.decay);
    }
  });
});

describe('the precision of a training', () => {
  const schedules = (['balanced', 'integrated', 'residual'] as const).flatMap((loss) =>
    (['gradient', 'laplacian'] as const).map((supervision) => scheduleFor(loss, supervision, 'muon', 1024)),
  );

  it('is full at the end, whatever is trained, and coarse only for values', () => {
    for (const { phases } of schedules) {
      expect(phases.at(-1)!.precision ?? 'full').toBe('full');
      for (const { precision, shape } of phases) {
        if (precision === 'coarse') expect(shape).toMatchObject({ directional: 0, laplacian: 0 });
      }
    }
    expect(schedules[0]!.phases[0]!.precision).toBe('coarse');
  });

  it('changes no scale of the loss by itself', () => {
    const [balanced, integrated] = ['balanced', 'integrated'].map((loss) =>
      scheduleFor(loss as 'balanced' | 'integrated', 'gradient', 'muon', 1024),
    );
    expect(asksTheSame(integrated!.phases[1]!, integrated!.phases[0])).toBe(true);
    expect(asksTheSame(balanced!.phases[1]!, balanced!.phases[0])).toBe(false);
    expect(asksTheSame(balanced!.phases[0]!, undefined)).toBe(false);
  });
});
