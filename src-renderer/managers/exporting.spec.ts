import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { OfferedPicture } from '../stores/offered-pictures.ts';
import type { PictureExport } from '../stores/picture-export.svelte.ts';
import { Listeners } from '../transport/listeners.ts';
import type { Transport } from '../transport/transport.ts';
import { Exporting } from './exporting.ts';

const picture: OfferedPicture = {
  id: 'region',
  name: 'Region',
  asked: { jobId: 'j', region: true },
  size: { width: 8, height: 4 },
  bitDepth: 16,
  between: 'resampled',
};

/** A host that answers when the test says so. */
function setUp(choices: Partial<PictureExport> = {}) {
  const asked: { channel: string; payload: Record<string, unknown> }[] = [];
  const downloads: string[] = [];
  const listeners = new Listeners();
  let [answer, refuse] = [(_: unknown): void => undefined, (_: unknown): void => undefined];
  const transport = {
    on: listeners.add.bind(listeners),
    request: (channel: string, payload: Record<string, unknown>) => {
      asked.push({ channel, payload });
      if (channel === 'requests:cancel') {
        refuse(new SeamfieldError('cancelled', 'Cancelled.'));
        return Promise.resolve({});
      }
      return new Promise((resolve, reject) => ([answer, refuse] = [resolve, reject]));
    },
    download: (url: string, name: string) => void downloads.push(`${url} as ${name}`),
  } as unknown as Transport;
  const store = {
    format: 'avif',
    scale: 0.5,
    quality: 70,
    isLossless: false,
    depth: (own: number) => own - 4,
    running: null,
    ...choices,
  } as unknown as PictureExport;
  const exporting = new Exporting(transport, store, () => Promise.resolve());
  return {
    exporting,
    store,
    asked,
    downloads,
    listeners,
    answer: (a: unknown) => answer(a),
    refuse: (e: unknown) => refuse(e),
  };
}

describe('exporting a picture', () => {
  it('asks for it as it was chosen, shows where that is, and has it downloaded', async () => {
    const { exporting, store, asked, downloads, listeners, answer } = setUp();
    const saving = exporting.save(picture);
    expect(store.running).toEqual({ stage: 'computing', share: null });
    const { ticket, ...request } = asked[0]!.payload;
    expect(request).toEqual({
      jobId: 'j',
      region: true,
      what: 'avif',
      scale: 0.5,
      bitDepth: 12,
      quality: 70,
    });
    const progress = { stage: 'computing', share: 0.25 } as const;
    listeners.tell('request:progress', { ticket: 'of another page', ...progress, share: 0.9 });
    expect(store.running?.share).toBeNull();
    listeners.tell('request:progress', { ticket: String(ticket), ...progress });
    expect(store.running).toEqual(progress);
    answer({ saved: true, url: '/downloads/d', name: 'a.avif' });
    expect(await saving).toBe('a.avif');
    expect([store.running, downloads]).toEqual([null, ['/downloads/d as a.avif']]);
  });

  it('names no quality where nothing is to be lost', async () => {
    const { exporting, asked, answer } = setUp({ format: 'webp', quality: 100, isLossless: true });
    const saving = exporting.save(picture);
    expect(asked[0]!.payload).not.toHaveProperty('quality');
    answer({ saved: false });
    expect(await saving).toBeNull();
  });

  it('comes to nothing where it is cancelled, and to its error where the host refuses it', async () => {
    const { exporting, store, asked, downloads, refuse } = setUp();
    const cancelled = exporting.save(picture);
    const { ticket } = asked[0]!.payload;
    exporting.cancel();
    expect(await cancelled).toBeNull();
    expect(asked[1]).toEqual({ channel: 'requests:cancel', payload: { ticket } });
    expect([store.running, downloads]).toEqual([null, []]);
    const refused = exporting.save(picture);
    refuse(new SeamfieldError('bad-option', 'No.'));
    await expect(refused).rejects.toThrow('No.');
    expect(store.running).toBeNull();
  });

  it('is one at a time', async () => {
    const { exporting, asked, answer } = setUp();
    const first = exporting.save(picture);
    expect(await exporting.save(picture)).toBeNull();
    expect(asked).toHaveLength(1);
    answer({ saved: true });
    expect(await first).toBe('');
  });
});
