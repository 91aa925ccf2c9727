import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

describe('a gate', () => {
  it('lets so many through at once, the rest in the order they came, and refuses who finds the queue full', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.nat({ max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        async (atOnce, waiting, count) => {
          const gate = new Gate({ atOnce, waiting });
          const begun: number[] = [];
          let running = 0;
          let most = 0;
          const work = (i: number) => async () => {
            begun.push(i);
            most = Math.max(most, ++running);
            await new Promise((resolve) => setImmediate(resolve));
            running--;
            if (i % 3 === 2) throw new Error('failed');
            return i;
          };
          const outcomes = await Promise.allSettled(
            Array.from({ length: count }, (_, i) => gate.run(work(i))),
          );
          const admitted = Math.min(count, atOnce + waiting);
          expect(begun).toEqual(Array.from({ length: admitted }, (_, i) => i));
          expect(most).toBe(Math.min(atOnce, admitted));
          outcomes.forEach((outcome, i) => {
            if (i >= admitted) expect(outcome).toMatchObject({ reason: { code: 'busy' } });
            else if (i % 3 === 2) expect(outcome).toMatchObject({ reason: { message: 'failed' } });
            else expect(outcome).toEqual({ status: 'fulfilled', value: i });
          });
          // Failures gave their places back.
          expect(await gate.run(() => 'later')).toBe('later');
        },
      ),
      { seed: 11, numRuns: 60 },
    ));
});
