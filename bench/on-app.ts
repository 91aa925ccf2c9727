import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildIfStale } from '../src-main/cli/build-if-stale.mjs';
import { root } from './child.ts';
import { chromiumOptions, hasChromium } from '../tests/chromium.ts';

/** The app in Chromium on a host of its own. */
export interface RunningApp {
  /** Its start page is loaded. */
  readonly page: Page;
  readonly browser: Browser;
  /** The host's process. */
  readonly hostPid: number;
}

/** Measures the app in Chromium, its window 1280 × 800, its data in the folder; undefined where there is no Chromium. */
export async function onApp<T>(
  { signal, folder }: { readonly signal: AbortSignal; readonly folder: string },
  measure: (app: RunningApp) => Promise<T>,
): Promise<T | undefined> {
  if (!hasChromium()) return undefined;
  buildIfStale();
  const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SEAMFIELD_DATA: join(folder, 'data') },
    signal,
  });
  const browser = await chromium.launch(chromiumOptions);
  try {
    const [url] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    return await measure({ page, browser, hostPid: host.pid! });
  } finally {
    await browser.close();
    if (host.exitCode === null && host.kill('SIGINT')) await once(host, 'exit');
  }
}
