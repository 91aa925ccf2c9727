import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { JobEvents, JobProcess } from '../../jobs/process.ts';
import { WorkingProcess } from './working-process.ts';

/** A process that does nothing by itself. */
class Started {
  hasEnded = false;
  readonly cancel = vi.fn(() => Promise.resolve());
  readonly events: JobEvents;

  constructor(events: JobEvents) {
    this.events = events;
  }
}

const refusal = new SeamfieldError('bad-usage', 'It is too small.');
let started: Started[];
let process: WorkingProcess;

beforeEach(() => {
  started = [];
  process = new WorkingProcess((events) => {
    const one = new Started(events);
    started.push(one);
    return one as unknown as JobProcess;
  });
});

describe('the process that works on a training', () => {
  it('is given its task once it is the one that works', () => {
    process.begin({}, (begun) => expect(process.alive).toBe(begun));
    expect(process.isThere).toBe(true);
  });

  it('tells of a failure once, and goes though it is still there', () => {
    const failed = vi.fn();
    process.begin({ failed }, () => undefined);
    started[0]!.events.failed!(refusal);
    started[0]!.events.failed!(refusal);
    expect(failed.mock.calls).toEqual([[refusal]]);
    expect(started[0]!.cancel).toHaveBeenCalledTimes(1);
    expect(process.isThere).toBe(false);
  });

  it('tells of no failure once it was let go', async () => {
    const failed = vi.fn();
    process.begin({ failed }, () => undefined);
    await process.letGo();
    started[0]!.events.failed!(refusal);
    expect(started[0]!.cancel).toHaveBeenCalledTimes(1);
    expect(failed).not.toHaveBeenCalled();
  });

  it('stays, but can’t be asked, where it ended by itself after its task', () => {
    process.begin({}, () => undefined);
    started[0]!.hasEnded = true;
    expect([process.isThere, process.alive]).toEqual([true, null]);
  });

  it('is behind from what could not be put on disk to the next that could, or another process', () => {
    process.begin({}, () => undefined);
    started[0]!.events.unsaved!(refusal);
    expect(process.isBehind).toBe(true);
    started[0]!.events.checkpoint!(3);
    expect(process.isBehind).toBe(false);
    started[0]!.events.unsaved!(refusal);
    process.begin({}, () => undefined);
    expect(process.isBehind).toBe(false);
  });
});
