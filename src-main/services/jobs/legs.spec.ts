import { describe, expect, it } from 'vitest';
import { Legs } from './legs.ts';

describe('the legs of a training', () => {
  it('are numbered, each with a budget of its own', () => {
    const legs = new Legs({ leg: 0, budget: { seconds: 5 } });
    legs.announce({ psnr: 40 });
    expect(legs.begin({ steps: 7 })).toEqual({ leg: 0, budget: { seconds: 5 } });
    expect(legs.current).toEqual({ leg: 1, budget: { steps: 7 } });
  });

  it('end in what it had come to before where the latest is dropped, which is told once', () => {
    const legs = new Legs({ leg: 1, budget: { seconds: 5 } });
    legs.announce({ psnr: 40 });
    const before = legs.begin({ steps: 7 });
    expect(legs.goBack(before)).toEqual({ psnr: 40 });
    expect(legs.current).toEqual(before);
    expect(legs.settle()).toBeUndefined();
  });

  it('know nothing of before where another host began the latest', () => {
    const legs = new Legs({ leg: 1, budget: { steps: 7 } });
    expect(legs.goBack({ leg: 0, budget: { seconds: 5 } })).toBeUndefined();
  });

  it('are called off before they begin, the first announcement for ever though another follows', () => {
    const legs = new Legs({ leg: 0, budget: { seconds: 5 } });
    const first = legs.announce({ psnr: 40 });
    expect(first()).toBe(false);
    legs.callOff();
    const second = legs.announce({ psnr: 40 });
    expect([first(), second()]).toEqual([true, false]);
  });
});
