import { describe, expect, it } from 'vitest';
import { newJob } from '../stores/job.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { openImage as image } from '../stores/testing.ts';
import { defaultSettings } from '../stores/training-settings.ts';
import { Listeners } from '../transport/listeners.ts';
import type { Transport } from '../transport/transport.ts';
import { Commands } from './commands.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 9 } } as const;

/** A session with a photograph open, and a host that answers from `answers` by channel, or throws the Error there. */
function setUp(answers: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const downloads: string[] = [];
  const listeners = new Listeners();
  const transport = {
    on: listeners.add.bind(listeners),
    request: (channel: string) => {
      asked.push(channel);
      const answer = answers[channel] ?? {};
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    upload: () => Promise.resolve({ ...image, id: 'uploaded' }),
    chooseImage: () => Promise.resolve(null),
    download: (url: string, name: string) => void downloads.push(`${url} as ${name}`),
  } as unknown as Transport;
  const session = {
    image,
    second: null,
    alpha: 0.5,
    workshop: 'reconstruct',
    reconstruction: null,
    blend: null,
    settings: { ...defaultSettings },
    busy: false,
  } as unknown as Session;
  Object.defineProperty(session, 'job', {
    get: () => (session.workshop === 'clone' ? session.blend : session.reconstruction),
  });
  const pictures = { preview: null, probe: null } as unknown as Pictures;
  return { commands: new Commands(transport, session, pictures), session, asked, downloads, listeners };
}

describe('training', () => {
  it('that failed before it could be watched is shown as failed, and why is said', async () => {
    const { commands, session, listeners } = setUp({ 'jobs:start': { jobId: 'j' } });
    const training = commands.train();
    await Promise.resolve();
    listeners.tell('job:failed', { jobId: 'j', error: { code: 'job-died', message: 'Killed.' } });
    await expect(training).rejects.toThrow('Killed.');
    expect([session.job?.state, session.busy]).toEqual(['failed', false]);
  });

  it('begins with a new job made of the settings of that moment', async () => {
    const { commands, session } = setUp({ 'jobs:start': { jobId: 'j' } });
    await commands.train();
    session.settings.from = 'laplacian';
    expect(session.job).toMatchObject({
      jobId: 'j',
      state: 'preparing',
      request: { from: 'gradient', size: 256 },
    });
  });

  it('is the reconstruction, and a blend stays, though the user has gone to Clone by then', async () => {
    const { commands, session } = setUp({ 'jobs:start': { jobId: 'j' } });
    const blend = { ...newJob('b', request), state: 'finished' } as const;
    session.blend = blend;
    const training = commands.train();
    Object.assign(session, { workshop: 'clone' });
    await training;
    expect([session.reconstruction?.jobId, session.blend]).toEqual(['j', blend]);
    await commands.adopt(image, '{}', null);
    expect([session.reconstruction, session.blend]).toEqual([null, blend]);
  });

  it('leaves everything as it was where the host refuses', async () => {
    const refusal = new Error('No threads left.');
    const { commands, session } = setUp({ 'jobs:start': refusal });
    await expect(commands.train()).rejects.toBe(refusal);
    expect([session.job, session.busy]).toEqual([null, false]);
  });

  it('is dropped, on the host too, when it is cancelled or another photograph is opened', async () => {
    for (const leave of ['cancel', 'openFile'] as const) {
      const { commands, session, asked } = setUp();
      session.reconstruction = newJob('j', request);
      await commands[leave](new File([], 'b.png'));
      expect(asked).toContain('jobs:cancel');
      expect(session.job).toBeNull();
    }
  });

  it('is paused and stopped only while it runs', async () => {
    const { commands, session, asked } = setUp();
    await commands.pause();
    session.reconstruction = { ...newJob('j', request), state: 'finished' };
    await commands.stop();
    session.reconstruction = { ...newJob('j', request), state: 'training' };
    await commands.pause();
    await commands.stop();
    expect(asked).toEqual(['jobs:pause', 'jobs:stop']);
  });
});

describe('opening a photograph', () => {
  it('changes nothing where the user chose none', async () => {
    const { commands, session } = setUp();
    await commands.chooseImage();
    expect(session.image).toEqual(image);
  });

  it('keeps the photograph and its training where the new file is damaged behind its header', async () => {
    const damaged = new Error('b.jpg can’t be decoded.');
    const { commands, session, asked } = setUp({ 'images:pixels': damaged });
    const job = newJob('j', request);
    session.reconstruction = job;
    await expect(commands.openFile(new File([], 'b.jpg'))).rejects.toBe(damaged);
    expect([session.image, session.job, session.busy]).toEqual([image, job, false]);
    expect(asked).not.toContain('jobs:cancel');
  });
});

describe('exporting', () => {
  const finished = { ...newJob('j', request), state: 'finished' } as const;

  it('downloads what a browser’s host has made', async () => {
    const { commands, session, downloads } = setUp({
      'exports:save': { saved: true, url: '/downloads/d', name: 'a.onnx' },
    });
    session.reconstruction = finished;
    expect(await commands.exportNetwork()).toBe('a.onnx');
    expect(downloads).toEqual(['/downloads/d as a.onnx']);
  });

  it('says nothing was saved where the dialog was cancelled, or there is nothing to save', async () => {
    const { commands, session, asked } = setUp({ 'exports:save': { saved: false } });
    expect(await commands.exportNetwork()).toBeNull();
    expect(asked).toEqual([]);
    session.reconstruction = finished;
    expect(await commands.exportNetwork()).toBeNull();
  });
});
