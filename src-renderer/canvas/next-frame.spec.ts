import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NextFrame } from './next-frame.ts';

let frames: (() => void)[];
let host: { dataset: Record<string, string> };
const open = (draw: () => boolean) => new NextFrame(host as unknown as HTMLElement, draw);
const pass = () => frames.splice(0).forEach((frame) => frame());

beforeEach(() => {
  frames = [];
  host = { dataset: {} };
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => vi.unstubAllGlobals());

it('draws once however often it is asked, and says when nothing is missing', () => {
  const draw = vi.fn(() => true);
  const frame = open(draw);
  expect(host.dataset['drawn']).toBe('false');
  frame.request();
  frame.request();
  pass();
  expect([draw.mock.calls.length, host.dataset['drawn']]).toEqual([1, 'true']);
  frame.request();
  expect(host.dataset['drawn']).toBe('false');
});

it('is not done where drawing asked for another, or says that more is to come', () => {
  let isLast = false;
  const frame = open(() => {
    if (isLast) return true;
    isLast = true;
    frame.request();
    return true;
  });
  frame.request();
  pass();
  expect(host.dataset['drawn']).toBe('false');
  pass();
  expect(host.dataset['drawn']).toBe('true');
  open(() => false).request();
  pass();
  expect(host.dataset['drawn']).toBe('false');
});
