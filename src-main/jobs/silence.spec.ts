import { describe, expect, it } from 'vitest';
import { Silence } from './silence.ts';

const ticks = (silence: Silence, n: number) => Array.from({ length: n }, () => silence.tick());

describe('a process that says nothing', () => {
  it('is told of once, after twenty ticks of training', () => {
    const silence = new Silence();
    silence.heard(true);
    expect(ticks(silence, 60).flatMap((isNews, i) => (isNews ? [i + 1] : []))).toEqual([20]);
  });

  it('may take two minutes to prepare', () => {
    const silence = new Silence();
    silence.heard(false);
    expect(ticks(silence, 119)).not.toContain(true);
    expect(silence.tick()).toBe(true);
  });

  it('may take three minutes to say that it is at work on an answer', () => {
    const silence = new Silence('answering');
    expect(ticks(silence, 179)).not.toContain(true);
    expect(silence.tick()).toBe(true);
    silence.heard(false);
    expect(ticks(silence, 299)).not.toContain(true);
  });

  it('is given longer where its signs have always been far between', () => {
    const silence = new Silence();
    silence.heard(true);
    ticks(silence, 15);
    expect(silence.heard(true)).toBe(false);
    expect(ticks(silence, 74)).not.toContain(true);
    expect(silence.tick()).toBe(true);
  });

  it('is told of when it speaks again, and watched on as before', () => {
    const silence = new Silence();
    silence.heard(true);
    ticks(silence, 40);
    expect(silence.heard(true)).toBe(true);
    expect(silence.heard(true)).toBe(false);
    // It has been seen to be slow, so that it is given more than at first, and no more than five minutes ever.
    expect(ticks(silence, 199)).not.toContain(true);
    expect(silence.tick()).toBe(true);
    ticks(silence, 10_000);
    silence.heard(true);
    expect(ticks(silence, 299)).not.toContain(true);
    expect(silence.tick()).toBe(true);
  });
});
