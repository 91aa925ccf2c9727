import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { routes } from '../../src-shared/contract/http.ts';
import { defined } from '../jobs/defined.ts';
import type { Launch } from '../jobs/port.ts';
import type { HostLimits } from '../services/limits.ts';
import { createServices } from '../services/services.ts';
import { makeUploadsFolder } from '../services/uploads/uploads-folder.ts';
import { Access } from './access.ts';
import { Downloads } from './downloads.ts';
import { EventSockets } from './events.ts';
import { refuse } from './respond.ts';
import { answerRequest } from './routes.ts';
import type { HostParts } from './routes.ts';

export interface HostOptions {
  /** Any free one where 0. */
  readonly port: number;
  readonly launch: Launch;
  readonly rendererFolder: string;
  readonly samplesFolder: string;
  readonly version: string;
  /** Where trainings are kept safe from a crash; nothing of them is where absent. */
  readonly jobsFolder?: string;
  /** Where everything lies that outlives the host. */
  readonly dataFolder: string;
  /** The file that remembers which providers this machine has; none but the CPU's is looked for where absent. */
  readonly providerMemory?: string;
  /** In place of the usual ones. */
  readonly limits?: Partial<HostLimits>;
}

/** The app for a browser on this machine, listening on loopback and nowhere else. */
export interface BrowserHost {
  /** What to open: it admits one browser. */
  readonly url: string;
  close(): Promise<void>;
}

/** Throws `bad-option` where the port is taken or may not be used, `unwritable-output` where there is no room for uploads. */
export async function startBrowserHost(options: HostOptions): Promise<BrowserHost> {
  const server = createServer();
  const uploadsFolder = await makeUploadsFolder();
  const port = await listen(server, options.port).catch(async (thrown: unknown) => {
    await rm(uploadsFolder, { recursive: true, force: true });
    throw thrown;
  });
  const { launch, samplesFolder, rendererFolder, version } = options;
  const { dataFolder, jobsFolder, providerMemory, limits } = options;
  const downloads = new Downloads();
  const sockets = new EventSockets();
  const services = createServices({
    host: 'browser',
    launch,
    samplesFolder,
    version,
    dataFolder,
    ...defined({ jobsFolder, providerMemory, limits }),
    emit: (message) => sockets.tell(message),
    deliver: (file) =>
      Promise.resolve({ saved: true, url: routes.downloads + downloads.put(file), name: file.name }),
  });
  const access = new Access(port);
  const parts: HostParts = { access, services, downloads, rendererFolder, uploadsFolder };
  server.on('request', (request, response) => {
    answerRequest(parts, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal', 'Seamfield could not answer this request.');
    });
  });
  server.on('upgrade', (request, socket, head) => {
    // Whoever asked may be gone already; nobody else listens for that, and then it would end the host.
    socket.on('error', () => socket.destroy());
    if (mayListen(access, request)) sockets.accept(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  return {
    url: access.url,
    async close() {
      sockets.close();
      server.close();
      server.closeAllConnections();
      await services.close();
      await rm(uploadsFolder, { recursive: true, force: true });
    },
  };
}

function mayListen(access: Access, request: IncomingMessage): boolean {
  return (
    request.url === routes.events &&
    access.isOurHost(request) &&
    access.isOurOrigin(request, false) &&
    access.isKnown(request)
  );
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'is taken'
          : error.code === 'EACCES'
            ? 'may not be used'
            : error.message;
      reject(new SeamfieldError('bad-option', `The port ${port} ${why}; choose another one, or none.`));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
