import { join } from 'node:path';
import type { Handlers, ResponseOf } from '../../src-shared/contract/channels.ts';
import { mkdir } from 'node:fs/promises';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import { appInfo } from './app-info.ts';
import { bounded } from './bounds.ts';
import { Buffers } from './buffers.ts';
import { Clones } from './clones.ts';
import { Exports } from './exports.ts';
import { diagnosticsReport } from './diagnostics.ts';
import { Images } from './images.ts';
import { Jobs } from './jobs/jobs.ts';
import { Parts } from './uploads/parts.ts';
import { Projects } from './projects/projects.ts';
import { hostLimits } from './limits.ts';
import { Log } from './log.ts';
import { logged, noteEvent } from './logged.ts';
import type { Ports } from './ports.ts';
import { Providers } from './providers.ts';
import { RecentFiles } from './recents/recent-files.ts';
import { RecentThumbnails } from './recents/recent-thumbnails.ts';
import { RecentUploads } from './recents/recent-uploads.ts';
import { Recents } from './recents/recents.ts';
import { realDisk } from '../disk/disk.ts';
import { listSamples } from './samples.ts';
import { SettingsFile } from './settings-file.ts';
import { Tickets } from './tickets.ts';
import { UploadSpace } from './uploads/upload-space.ts';
import { Viewer } from './viewer.ts';

/** Everything a user can ask for, and what answers each channel: the same in every host. */
export interface Services {
  readonly handlers: Handlers;
  readonly images: Images;
  /** Room for what a host is about to keep of an upload. */
  readonly uploads: UploadSpace;
  readonly parts: Parts;
  readonly buffers: Buffers;
  readonly projects: Projects;
  /** Ends every process that was started. */
  close(): Promise<void>;
}

export function createServices(host: Ports): Services {
  const log = new Log(join(host.dataFolder, 'logs'));
  const settings = new SettingsFile(host.dataFolder);
  const emit = (message: EventMessage) => {
    noteEvent(log, message);
    host.emit(message);
  };
  const limits = { ...hostLimits, ...host.limits };
  const ports = { ...host, emit, limits };
  log.info('start', { version: host.version, host: host.host });
  const buffers = new Buffers();
  const viewer = new Viewer(ports.launch, ports.listenEvery);
  const images = new Images(ports, viewer, buffers);
  const uploads = new UploadSpace(limits.uploadBytes);
  const tickets = new Tickets(emit);
  const clones = new Clones(viewer, images, buffers, tickets);
  const jobs = new Jobs(ports, images, buffers);
  const files = new Exports(ports, jobs, images, buffers, tickets);
  const parts = new Parts();
  const recentFiles = new RecentFiles(realDisk, host.dataFolder);
  const recentFolder = join(host.dataFolder, 'recent');
  const thumbnails = new RecentThumbnails(
    realDisk,
    recentFolder,
    async (image, size) => (await viewer.ask({ kind: 'thumbnail', image, size })).bytes,
    () => emit({ event: 'app:recents', payload: {} }),
  );
  const projects = new Projects(ports, { images, jobs, buffers, parts }, realDisk, recentFiles, thumbnails);
  const recents = new Recents({
    files: recentFiles,
    thumbnails,
    uploads: new RecentUploads(realDisk, join(recentFolder, 'uploads')),
    images,
    projects,
    buffers,
    disk: realDisk,
  });
  const providers = new Providers(ports);
  const done = {};
  const handlers: Handlers = {
    'app:info': () => {
      providers.lookSoon();
      return appInfo(ports, providers.known);
    },
    'app:diagnostics': async () => ({
      report: await diagnosticsReport(await handlers['app:info']({}), { ports, log }),
    }),
    'app:show-logs': () => showLogs(ports, log),
    'settings:get': () => settings.get(),
    'settings:set': (changed) => settings.set(changed).then(() => done),
    'images:list-samples': () => listSamples(),
    'images:open-sample': ({ name }) => images.openSample(name),
    'images:dialog': () => images.choose(),
    'images:get': ({ imageId }) => images.get(imageId),
    'images:close': ({ imageIds }) => images.close(imageIds).then(() => done),
    'images:view': (request) => images.view(request),
    'images:pixels': (request) => images.pixels(request),
    'clones:exact': (request) => clones.exact(request),
    'jobs:start': (request) => jobs.start(request),
    'jobs:pause': ({ jobId }) => (jobs.pause(jobId), done),
    'jobs:continue': ({ jobId }) => (jobs.continue(jobId), done),
    'jobs:stop': ({ jobId }) => jobs.stop(jobId).then(() => done),
    'jobs:cancel': ({ jobId }) => jobs.cancel(jobId).then(() => done),
    'jobs:move': (request) => (jobs.move(request), done),
    'jobs:train-further': ({ jobId, budget }) => jobs.trainFurther(jobId, budget).then(() => done),
    'jobs:resume': ({ jobId }) => jobs.resume(jobId).then(() => done),
    'jobs:end': ({ jobId }) => (jobs.end(jobId), done),
    'jobs:recoverable': () => jobs.recoverable(),
    'jobs:discard': ({ jobId }) => jobs.discard(jobId).then(() => done),
    'jobs:list': () => jobs.list(),
    'jobs:get': ({ jobId }) => jobs.detail(jobId),
    'jobs:ack': ({ jobId, step }) => (jobs.get(jobId).ack(step), done),
    'jobs:view': (request) => jobs.view(request),
    'jobs:picture': (request) => files.picture(request),
    'jobs:probe': (request) => jobs.probe(request) as Promise<ResponseOf<'jobs:probe'>>,
    'jobs:card': ({ jobId }) => jobs.get(jobId).ask({ kind: 'card' }) as Promise<ResponseOf<'jobs:card'>>,
    'jobs:seam': ({ jobId }) => jobs.seam(jobId) as Promise<ResponseOf<'jobs:seam'>>,
    'exports:save': (request) => files.save(request),
    'requests:cancel': ({ ticket }) => (tickets.cancel(ticket), done),
    'projects:record': (request) => projects.record(request),
    'projects:left': () => projects.left(),
    'projects:resume': ({ workId }) => projects.resume(workId),
    'projects:discard': ({ workId }) => projects.discard(workId).then(() => done),
    'projects:save': (request) => projects.save(request),
    'projects:download': ({ workId }) => projects.download(workId),
    'projects:list': () => projects.list(),
    'projects:open': ({ projectId }) => projects.open(projectId),
    'projects:choose': () => projects.choose(),
    'projects:relink': (request) => projects.relink(request),
    'projects:take-over': ({ workId }) => projects.takeOver(workId),
    'recents:list': () => recents.list(),
    'recents:add': ({ imageId }) => recents.add(imageId).then(() => done),
    'recents:open': ({ recentId }) => recents.open(recentId),
    'recents:clear': () => recents.clear().then(() => done),
  };
  const close = async () => {
    await projects.close();
    await Promise.all([jobs.close(), viewer.close(), providers.close()]);
    await thumbnails.settled();
    await log.flushed();
  };
  return { handlers: bounded(logged(handlers, log)), images, uploads, parts, buffers, projects, close };
}

/** The folder exists from here on, so that there is something to show. */
async function showLogs({ openFolder }: Ports, log: Log): Promise<ResponseOf<'app:show-logs'>> {
  await mkdir(log.folder, { recursive: true, mode: 0o700 });
  return { folder: log.folder, opened: (await openFolder?.(log.folder)) ?? false };
}
