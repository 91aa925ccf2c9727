import { describe, expect, it } from 'vitest';
import type { Questions } from '../stores/questions.svelte.ts';
import { Guard } from './guard.ts';

/** A guard of a composition that is dirty or not, that the host knows or not, and a user who answers so. */
function guarded(isDirty: boolean, answer: string | null, isPending = true, isSaved = true) {
  const asked: string[] = [];
  const questions = {
    ask: ({ title }: { title: string }) => (asked.push(title), Promise.resolve(answer)),
  } as unknown as Questions;
  const composition = { isDirty };
  const save = () => {
    asked.push('save');
    composition.isDirty = !isSaved;
    return Promise.resolve();
  };
  return { guard: new Guard(composition, { isPending }, questions, save), asked };
}

describe('a composition', () => {
  it('without unsaved edits is left without a question', async () => {
    const { guard, asked } = guarded(false, null);
    expect(await guard.mayLeave()).toBe(true);
    expect(asked).toEqual([]);
  });

  it('with unsaved edits is left only by whoever says so', async () => {
    expect(await guarded(true, 'leave').guard.mayLeave()).toBe(true);
    expect(await guarded(true, null).guard.mayLeave()).toBe(false);
  });

  it('is left once it was saved, and stays where saving came to nothing', async () => {
    const saved = guarded(true, 'save');
    expect(await saved.guard.mayLeave()).toBe(true);
    expect(saved.asked.at(-1)).toBe('save');
    expect(await guarded(true, 'save', true, false).guard.mayLeave()).toBe(false);
  });

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('keeps the page open while it has edits that the host was not told of: %s, %s', (isDirty, isPending) => {
    const window = new EventTarget();
    const end = guarded(isDirty, null, isPending).guard.watch(window as unknown as Window);
    const tryToLeave = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(tryToLeave()).toBe(!(isDirty && isPending));
    end();
    expect(tryToLeave()).toBe(true);
  });
});
