import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import { Registry } from './registry.ts';

const action = (id: string, rest: Partial<Action> = {}): Action => ({
  id,
  group: 'app',
  label: id,
  icon: 'open',
  enabled: () => true,
  run: () => undefined,
  ...rest,
});

describe('the action registry', () => {
  it('offers by name what can be run, and two actions of one name once', () => {
    const { offered } = new Registry(
      [
        action('held', { release: () => undefined }),
        action('open', { label: 'Open target…' }),
        action('open-target', { label: 'Open target…' }),
        action('off', { enabled: () => false }),
        action('also', { label: 'Open target…', group: 'file' }),
      ],
      () => undefined,
    );
    expect(offered.map(({ id }) => id)).toEqual(['open', 'also']);
  });

  it('runs an action, but not a disabled one', async () => {
    const ran: string[] = [];
    const registry = new Registry(
      [
        action('a', { run: () => void ran.push('a') }),
        action('b', { run: () => void ran.push('b'), enabled: () => false }),
      ],
      () => undefined,
    );
    await registry.run('a');
    await registry.run('b');
    expect(ran).toEqual(['a']);
  });

  it('reports what an action throws, at once or later', async () => {
    const reported: unknown[] = [];
    const registry = new Registry(
      [
        action('now', {
          run: () => {
            throw new Error('now');
          },
        }),
        action('later', { run: () => Promise.reject(new Error('later')) }),
      ],
      (error) => reported.push(error),
    );
    await registry.run('now');
    await registry.run('later');
    expect(reported).toEqual([new Error('now'), new Error('later')]);
  });

  it('refuses two actions with one id or one key', () => {
    expect(() => new Registry([action('a'), action('a')], () => undefined)).toThrow('Two actions claim a.');
    const clash = [action('a', { keys: ['x'] }), action('b', { keys: ['y', 'x'] })];
    expect(() => new Registry(clash, () => undefined)).toThrow('Two actions claim x.');
  });

  it('knows no action that was not registered', async () => {
    const registry = new Registry([], () => undefined);
    expect(registry.has('a')).toBe(false);
    await expect(registry.run('a')).rejects.toThrow('There is no action a.');
  });
});
