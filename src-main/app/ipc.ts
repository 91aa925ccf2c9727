import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { preloadChannels } from '../../src-shared/contract/preload-channels.ts';
import { enclose } from '../../src-shared/contract/envelope.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { largestRequest } from '../../src-shared/contract/http.ts';
import { displayName } from '../services/uploads/display-name.ts';
import { newHandle } from '../services/handle.ts';
import { dispatch } from '../services/router.ts';
import type { Services } from '../services/services.ts';
import { uploadNotKept } from '../services/uploads/upload-space.ts';
import type { UploadRoom } from '../services/uploads/upload-space.ts';
import { isOwnPage } from './origin.ts';

const importPath = 'images:import-path';
const importBytes = 'images:import-bytes';
const importProject = 'projects:import-path';
const importPart = 'projects:import-part';

/**
 * Answers `seamfield:request`. Only the main frame of a page of ours is answered, and only what its channel's schema
 * says. Never rejects.
 */
export function answerPages(
  services: Pick<Services, 'handlers' | 'images' | 'uploads' | 'parts' | 'projects'>,
  uploadsFolder: string,
): void {
  const { handlers, images, projects } = services;
  ipcMain.handle('seamfield:request', async (event, channel: unknown, payload: unknown) => {
    const known = await enclose(() => checkSender(event));
    if (!known.ok) return known;
    if (channel === importBytes) return keepFile(services, uploadsFolder, payload);
    if (channel === importPart) return keepPart(services, uploadsFolder, payload);
    const refusal = await enclose(() => checkLength(payload));
    if (!refusal.ok) return refusal;
    if (channel === importPath) return importFile(images, payload);
    if (channel === importProject) return offerProject(projects, payload);
    return dispatch(handlers, channel, payload);
  });
}

function checkSender({ senderFrame }: IpcMainInvokeEvent): void {
  if (senderFrame === null || senderFrame.parent !== null || !isOwnPage(senderFrame.url)) {
    throw new SeamfieldError('not-allowed', 'This request does not come from Seamfield’s own page.');
  }
}

function checkLength(payload: unknown): void {
  if (Buffer.byteLength(JSON.stringify(payload) ?? '') > largestRequest) {
    throw new SeamfieldError('invalid-message', 'This request is too large.');
  }
}

function importFile(images: Services['images'], payload: unknown): Promise<Envelope<unknown>> {
  return accepted(importPath, payload, 'A dropped file comes with its path.', ({ path }) =>
    images.add({ path, name: basename(path) }),
  );
}

function offerProject(projects: Services['projects'], payload: unknown): Promise<Envelope<unknown>> {
  return accepted(importProject, payload, 'A dropped project comes with its path.', ({ path }) =>
    projects.offer({ path, name: basename(path) }),
  );
}

/** Bytes become a file of ours, private to the user, so that jobs find them as they find any photograph. */
function keepFile(
  { images, uploads }: Pick<Services, 'images' | 'uploads'>,
  folder: string,
  payload: unknown,
): Promise<Envelope<unknown>> {
  return accepted(importBytes, payload, 'A file comes with its name and bytes.', async ({ name, bytes }) => {
    const { path, room } = await written(uploads, folder, bytes);
    return images.addUpload({ path, name: displayName(name) }, room);
  });
}

/** Bytes of a record likewise, which nobody looks at. */
function keepPart(
  { parts, uploads }: Pick<Services, 'parts' | 'uploads'>,
  folder: string,
  payload: unknown,
): Promise<Envelope<unknown>> {
  return accepted(importPart, payload, 'A part comes as bytes.', async ({ bytes }) => {
    const { path, room } = await written(uploads, folder, bytes);
    return parts.add(path, room);
  });
}

type PreloadChannel = keyof typeof preloadChannels;
type Sent<C extends PreloadChannel> = v.InferOutput<(typeof preloadChannels)[C]['request']>;

/** What becomes of a payload that is what its channel's schema says; of any other, `otherwise` is said. */
function accepted<C extends PreloadChannel>(
  channel: C,
  payload: unknown,
  otherwise: string,
  work: (sent: Sent<C>) => unknown,
): Promise<Envelope<unknown>> {
  return enclose(() => {
    const parsed = v.safeParse(preloadChannels[channel].request, payload);
    if (!parsed.success) throw new SeamfieldError('invalid-message', otherwise);
    return work(parsed.output as Sent<C>);
  });
}

/** Throws `busy`, and what the disk throws, and leaves nothing then. */
async function written(
  uploads: Services['uploads'],
  folder: string,
  bytes: Uint8Array,
): Promise<{ path: string; room: UploadRoom }> {
  const path = join(folder, newHandle());
  const room = uploads.open();
  room.take(bytes.byteLength);
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    await rm(path, { force: true });
    room.free();
    throw uploadNotKept(cause);
  }
  return { path, room };
}
