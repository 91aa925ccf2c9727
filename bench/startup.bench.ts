import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';

import { buildIfStale } from '../src-main/cli/build-if-stale.mjs';
import type { Bench } from './bench.ts';
import { root } from './child.ts';
import { chromiumOptions, hasChromium } from '../tests/chromium.ts';
import { chromiumMissing } from './chromium-missing.ts';
import { figure } from './floor.ts';

/** The window is to be usable so soon, in seconds. */
const bound = 1.5;
const runs = 3;
/** In seconds from the start of the host's process. */
interface Startup {
  readonly listening: number;
  /** First contentful paint: of anything at all. */
  readonly firstPaint: number;
  /** The start page is painted, its photographs to choose from among it. */
  readonly startPage: number;
}

/** Runs in the page: tells when the frame after the first photograph's button has been drawn, in ms since 1970. */
const watcher = `
  window.startPage = new Promise((resolve) => {
    const now = () => performance.timeOrigin + performance.now();
    const look = () => {
      const buttons = [...document.querySelectorAll('button')];
      if (buttons.some((button) => button.textContent.includes('Astronaut')))
        requestAnimationFrame(() => setTimeout(() => resolve(now())));
      else requestAnimationFrame(look);
    };
    look();
  });`;

/** When anything was first painted; a paint is told a while after it was made. */
const firstPaint = `
  new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0];
      if (paint !== undefined) resolve(performance.timeOrigin + paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  })`;

async function startOnce(signal: AbortSignal, context: BrowserContext, data: string): Promise<Startup> {
  const page = await context.newPage();
  await page.addInitScript(watcher);
  const begun = Date.now();
  const since = (then: number) => (then - begun) / 1000;
  const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, SEAMFIELD_DATA: data },
    signal,
  });
  try {
    const [url] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
    const listening = since(Date.now());
    await page.goto(url, { waitUntil: 'commit' });
    const startPage = since(await page.evaluate<number>('window.startPage'));
    return { listening, firstPaint: since(await page.evaluate<number>(firstPaint)), startPage };
  } finally {
    await page.close();
    await ended(host);
  }
}

async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode === null && host.signalCode === null && host.kill('SIGINT')) await once(host, 'exit');
}

export const startup: Bench = {
  name: 'startup',
  claim: `seconds from the start of the host's process to its start page painted in Chromium, best of ${runs}`,
  async run({ signal, folder }) {
    if (!hasChromium()) return { notes: [chromiumMissing('startup')] };
    buildIfStale();
    const options = { ...chromiumOptions, viewport: { width: 1280, height: 800 } };
    const context = await chromium.launchPersistentContext(join(folder, 'startup-profile'), options);
    const found: Startup[] = [];
    try {
      for (let run = 0; run < runs; run++) {
        found.push(await startOnce(signal, context, join(folder, `startup-data-${run}`)));
      }
    } finally {
      await context.close();
    }
    return {
      floors: [
        {
          job: 'startup',
          quantity: 'start page painted, seconds',
          sense: 'at most',
          bound,
          measured: Math.min(...found.map(({ startPage }) => startPage)),
        },
      ],
      tables: [
        {
          title: "Start-up: seconds from the start of the host's process, Chromium running",
          columns: ['Run', 'listening', 'first paint', 'start page painted'],
          rows: found.map(({ listening, firstPaint: painted, startPage }, run) => [
            String(run + 1),
            figure(listening),
            figure(painted),
            figure(startPage),
          ]),
        },
      ],
      figures: found,
    };
  },
};
