import { basename } from 'node:path';
import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { preloadChannels } from '../../src-shared/contract/channels.ts';
import { enclose } from '../../src-shared/contract/envelope.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { dispatch } from '../services/router.ts';
import type { Services } from '../services/services.ts';
import { isOwnPage } from './origin.ts';

/** Largest request, in characters of its JSON: the largest there is has a few hundred. */
const maxLength = 2 ** 16;

const importPath = 'images:import-path';

/**
 * Answers `seamfield:request`. Only the main frame of a page of ours is answered, and only what its channel's schema
 * says. Never rejects.
 */
export function answerPages({ handlers, images }: Pick<Services, 'handlers' | 'images'>): void {
  ipcMain.handle('seamfield:request', async (event, channel: unknown, payload: unknown) => {
    const refusal = await enclose(() => check(event, payload));
    if (!refusal.ok) return refusal;
    if (channel === importPath) return importFile(images, payload);
    return dispatch(handlers, channel, payload);
  });
}

function check({ senderFrame }: IpcMainInvokeEvent, payload: unknown): void {
  if (senderFrame === null || senderFrame.parent !== null || !isOwnPage(senderFrame.url)) {
    throw new SeamfieldError('not-allowed', 'This request does not come from Seamfield’s own page.');
  }
  if ((JSON.stringify(payload) ?? '').length > maxLength) {
    throw new SeamfieldError('invalid-message', 'This request is too large.');
  }
}

function importFile(images: Services['images'], payload: unknown): Promise<Envelope<unknown>> {
  return enclose(() => {
    const parsed = v.safeParse(preloadChannels[importPath].request, payload);
    if (!parsed.success) throw new SeamfieldError('invalid-message', 'A dropped file comes with its path.');
    const { path } = parsed.output;
    return images.add({ path, name: basename(path) });
  });
}
