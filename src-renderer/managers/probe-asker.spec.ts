import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Probed } from '../../src-shared/model/inspection.ts';
import type { Transport } from '../transport/transport.ts';
import { ProbeAsker } from './probe-asker.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const asked: { x: number; answer: () => void }[] = [];
  const request = (_: string, { x }: { x: number }) =>
    new Promise((resolve) => asked.push({ x, answer: () => resolve({ x } as Probed) }));
  const answers: (number | undefined)[] = [];
  const asker = new ProbeAsker({ request } as unknown as Transport, (probed) => answers.push(probed?.x));
  const settle = () => vi.advanceTimersByTimeAsync(60);
  return { asked, answers, asker, settle };
}

describe('the probe', () => {
  it('asks in pixel positions, one question at a time, and skips places that were left meanwhile', async () => {
    const { asked, answers, asker, settle } = setUp();
    for (const x of [1, 2, 3, 4]) asker.ask('job', { x, y: 0 });
    expect(asked.map(({ x }) => x)).toEqual([0.5]);
    asked[0]?.answer();
    await settle();
    expect(asked.map(({ x }) => x)).toEqual([0.5, 3.5]);
    asked[1]?.answer();
    await settle();
    expect(answers).toEqual([0.5, 3.5]);
    expect(asked).toHaveLength(2);
  });

  it('shows nothing of a late answer once the pointer has left', async () => {
    const { asked, answers, asker, settle } = setUp();
    asker.ask('job', { x: 1, y: 0 });
    asker.ask('job', null);
    asked[0]?.answer();
    await settle();
    expect(answers).toEqual([undefined]);
  });
});
