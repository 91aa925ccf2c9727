import { describe, expect, it } from 'vitest';
import type { Transport } from '../transport/transport.ts';
import { PreviewTaker, type Preview } from './preview-taker.ts';

function setUp() {
  const log: string[] = [];
  const looked: { at: string | null } = { at: 'j' };
  const frames: (() => void)[] = [];
  const request = (channel: string, { step }: { step: number }) => {
    log.push(`${channel} ${step}`);
    return Promise.resolve({});
  };
  const taker = new PreviewTaker({
    transport: { request } as unknown as Transport,
    lookedAt: () => looked.at,
    show: ({ step }) => {
      log.push(`show ${step}`);
      return step < 0 ? Promise.reject(new Error('gone')) : Promise.resolve();
    },
    drawn: () => new Promise((resolve) => frames.push(resolve)),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const frame = async () => {
    await settle();
    for (const drawn of frames.splice(0)) drawn();
    await settle();
  };
  return { taker, looked, log, frame };
}

const preview = (step: number, jobId = 'j'): Preview => ({
  jobId,
  step,
  bufferId: 'b',
  width: 1,
  height: 1,
  channels: 1,
  dtype: 'f32',
});

describe('taking previews', () => {
  it('asks for the next one when this one has been drawn, not before', async () => {
    const { taker, log, frame } = setUp();
    taker.offer(preview(7));
    expect(log).toEqual(['show 7']);
    await frame();
    expect(log).toEqual(['show 7', 'jobs:ack 7']);
  });

  it('leaves them alone while nobody looks, and takes the latest of what is looked at then, once', async () => {
    const { taker, looked, log, frame } = setUp();
    looked.at = null;
    taker.offer(preview(7));
    taker.offer(preview(8));
    taker.offer(preview(9, 'other'));
    await frame();
    expect(log).toEqual([]);
    looked.at = 'j';
    taker.look();
    taker.look();
    await frame();
    expect(log).toEqual(['show 8', 'jobs:ack 8']);
  });

  it('asks for the next one where this one is gone, and keeps none of a job that makes no more', async () => {
    const { taker, looked, log, frame } = setUp();
    taker.offer(preview(-1));
    await frame();
    expect(log).toEqual(['show -1', 'jobs:ack -1']);
    looked.at = null;
    taker.offer(preview(8));
    taker.forget('j');
    looked.at = 'j';
    taker.look();
    expect(log).toHaveLength(2);
  });
});
