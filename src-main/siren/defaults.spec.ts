import { describe, expect, it } from 'vitest';

import type { Budget, Loss } from '../../src-shared/model/training.ts';
import { defaultsFor } from './defaults.ts';

const specFor = (side: number, budget?: Budget, loss: Loss = 'balanced') =>
  defaultsFor({
    size: { width: side, height: side },
    channels: 3,
    supervision: 'gradient',
    loss,
    ...(budget && { budget }),
  }).spec;

describe('the default network', () => {
  it('grows with the picture, and with a long budget, in seconds or in steps', () => {
    expect(specFor(128).hidden).toBeLessThan(specFor(256).hidden);
    for (const side of [16, 128, 256, 512, 4000]) {
      expect(specFor(side)).toEqual(specFor(side, { seconds: 8 }));
      const short = specFor(side, { seconds: 14.9 }).hidden;
      const long = specFor(side, { seconds: 15 }).hidden;
      expect(long).toBeGreaterThan(short);
      expect(specFor(side, { steps: 899 }).hidden).toBe(short);
      expect(specFor(side, { steps: 900 }).hidden).toBe(long);
      expect(specFor(side, { seconds: 1 }).hidden).toBeLessThanOrEqual(short);
      expect(specFor(side, { seconds: 1e5 }).hidden).toBe(long);
    }
    expect(specFor(128, { seconds: 60 }, 'residual').hidden).toBe(specFor(128, undefined, 'residual').hidden);
  });

  it('has an ω₀ by the longer side, within bounds', () => {
    expect(specFor(256).omega / specFor(128).omega).toBeCloseTo(2 ** 0.8, 1);
    const residual = (side: number) => specFor(side, { seconds: 60 }, 'residual').omega;
    expect(residual(256) / residual(128)).toBeCloseTo(2, 0);
    for (const omegaOf of [(side: number) => specFor(side).omega, residual]) {
      expect(omegaOf(1)).toBe(4);
      expect(omegaOf(4000)).toBe(200);
    }
  });

  it('begins a small picture’s residual with more frequencies where there is little time for it', () => {
    const omega = (side: number, seconds: number) => specFor(side, { seconds }, 'residual').omega;
    for (const side of [64, 128]) expect(omega(side, 19.9)).toBeGreaterThan(1.3 * omega(side, 20));
    expect(specFor(128, { steps: 1199 }, 'residual').omega).toBe(omega(128, 5));
    for (const side of [256, 512]) expect(omega(side, 5)).toBe(omega(side, 60));
    for (let side = 1; side < 300; side++) expect(omega(side + 1, 5)).toBeGreaterThanOrEqual(omega(side, 5));
  });

  it('has frequencies enough for a small picture, and fewer than its pixels could tell apart', () => {
    expect(specFor(64).omega).toBeGreaterThan(0.7 * specFor(128).omega);
    for (const side of [8, 16, 32, 64, 128]) expect(specFor(side).omega / side).toBeLessThan(0.8);
  });
});
