import { describe, expect, it } from 'vitest';
import { newJob, type Job } from '../stores/job.ts';
import { openImage as image } from '../stores/testing.ts';
import { defaultSettings } from '../stores/training-settings.ts';
import { wantedPictures } from './wanted-pictures.ts';

const request = {
  kind: 'reconstruct',
  imageId: 'i',
  from: 'gradient',
  size: 128,
  budget: { steps: 9 },
} as const;
const session = (job: Job | null, shown: 'network' | 'exact' = 'network') =>
  ({ image, job, settings: { ...defaultSettings, size: 384 }, view: 'dx', shown }) as const;
const inState = (state: Job['state']): Job => ({ ...newJob('j', request), state });

describe('the pictures wanted', () => {
  it('are none without a photograph', () => {
    expect(wantedPictures({ ...session(null), image: null })).toEqual({
      view: 'dx',
      photograph: null,
      result: null,
    });
  });

  it('follow the user’s size until there is a job, then the job’s', () => {
    expect(wantedPictures(session(null)).photograph).toEqual({ imageId: 'i', size: 384 });
    expect(wantedPictures(session(inState('training'))).photograph).toEqual({ imageId: 'i', size: 128 });
  });

  it('are never larger than the photograph', () => {
    const wish = { ...session(null), settings: { ...defaultSettings, size: 1024 } };
    expect(wantedPictures(wish).photograph).toEqual({ imageId: 'i', size: 512 });
  });

  it('are previews while it trains and the network’s own once it has finished', () => {
    expect(wantedPictures(session(inState('paused'))).result).toBe('preview');
    expect(wantedPictures(session(inState('finished'))).result).toEqual({ jobId: 'j', of: 'network' });
  });

  it('show the exact solution only where the user asked for it by name', () => {
    expect(wantedPictures(session(inState('finished'), 'exact')).result).toEqual({ jobId: 'j', of: 'exact' });
    expect(wantedPictures(session(inState('training'), 'exact')).result).toBe('preview');
  });

  it('leave the result empty where a job came to nothing', () => {
    expect(wantedPictures(session(inState('failed'))).result).toBeNull();
    expect(wantedPictures(session(inState('cancelled'))).result).toBeNull();
  });
});
