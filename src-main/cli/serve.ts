import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { startBrowserHost } from '../server/host.ts';
import { openBrowser } from '../server/open-browser.ts';
import type { Context } from './context.ts';
import { dataFolder } from './data-folder.ts';
import type { FlagValues } from './flags.ts';
import { tunnelHint } from './tunnel-hint.ts';

/** serve: the app for a browser on this machine, until Ctrl-C. The address is the only line on stdout. */
export async function serveCommand(
  { signal, launch, stdout, stderr, folders, version, providerMemory }: Context,
  { port = 0, open = false }: FlagValues,
): Promise<void> {
  const data = dataFolder(process.env, process.platform, homedir());
  const kept = { dataFolder: data, jobsFolder: join(data, 'jobs'), providerMemory };
  const host = await startBrowserHost({ port, launch, version, ...kept, ...folders });
  try {
    stdout.write(`${host.url}\n`);
    if (stderr.isTTY) stderr.write(tunnelHint(host.url));
    if (open) openBrowser(host.url);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await host.close();
  }
}
