import { describe, expect, it } from 'vitest';
import { Listeners } from './listeners.ts';

describe('listeners', () => {
  it('hear their own event until they leave', () => {
    const listeners = new Listeners();
    const heard: string[] = [];
    const leave = listeners.add('job:paused', ({ jobId }) => heard.push(jobId));
    listeners.tell('job:paused', { jobId: 'a' });
    listeners.tell('app:command', { action: 'open' });
    leave();
    listeners.tell('job:paused', { jobId: 'b' });
    expect(heard).toEqual(['a']);
  });

  it('are spared a message that breaks the contract', () => {
    const listeners = new Listeners();
    const heard: unknown[] = [];
    listeners.add('job:paused', (payload) => heard.push(payload));
    for (const broken of [null, {}, { jobId: 7 }, { jobId: '../x' }]) listeners.tell('job:paused', broken);
    expect(heard).toEqual([]);
  });
});
