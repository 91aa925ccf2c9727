import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from './history.ts';

/** A number and its history. */
function counter(limit?: number) {
  const history = new History(limit);
  let value = 0;
  const set = (to: number) => {
    const from = value;
    value = to;
    const label = String(to);
    history.add({ label, bytes: 10, undo: () => void (value = from), redo: () => void (value = to) });
  };
  return { history, set, value: () => value };
}

describe('a history', () => {
  it('goes back to the beginning and forth to the end, through the same states', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 20 }), (values) => {
        const { history, set, value } = counter();
        const seen: [number, number][] = [[value(), history.state]];
        for (const next of values) {
          set(next);
          seen.push([value(), history.state]);
        }
        for (const past of seen.slice(0, -1).reverse()) {
          history.undo();
          expect([value(), history.state]).toEqual(past);
        }
        expect(history.undo()).toBe(false);
        for (const future of seen.slice(1)) {
          history.redo();
          expect([value(), history.state]).toEqual(future);
        }
        expect(history.redo()).toBe(false);
      }),
      { seed: 7 },
    );
  });

  it('forgets what was undone as soon as something else is done, and never calls two states the same', () => {
    const { history, set } = counter();
    set(1);
    const first = history.state;
    history.undo();
    set(2);
    expect(history.labelOfRedo).toBe(null);
    expect(history.labelOfUndo).toBe('2');
    expect(history.state).not.toBe(first);
  });

  it('forgets the oldest beyond its limit, never the latest', () => {
    const { history, set, value } = counter(25);
    for (const next of [1, 2, 3, 4]) set(next);
    while (history.undo());
    expect(value()).toBe(2);
    const tight = counter(5);
    tight.set(1);
    expect(tight.history.undo()).toBe(true);
  });

  it('goes to any of its entries at once, and lists all of them, the undone ones too', () => {
    const { history, set, value } = counter();
    for (const next of [1, 2, 3, 4]) set(next);
    expect(history.goTo(1)).toBe(true);
    expect([value(), history.position, history.labels]).toEqual([1, 1, ['1', '2', '3', '4']]);
    expect(history.goTo(3)).toBe(true);
    expect([value(), history.labelOfUndo, history.labelOfRedo]).toEqual([3, '3', '4']);
    expect([history.goTo(5), history.goTo(-1), value()]).toEqual([false, false, 3]);
  });

  it('says that it forgets, and never holds more bytes than its limit but for the latest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const history = new History(100);
        for (const bytes of sizes) history.add({ label: '', bytes, undo: () => {}, redo: () => {} });
        expect(history.bytes).toBeLessThanOrEqual(Math.max(100, sizes.at(-1)!));
        expect(history.forgets).toBe(history.position < sizes.length);
      }),
      { seed: 7 },
    );
  });
});
