import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildIfStale } from '../src-main/cli/build-if-stale.mjs';
import type { Bench } from './bench.ts';
import { root } from './child.ts';
import { figure } from './floor.ts';
import { frameTasks, quantile, tracedCategories, withoutWaiting, type TraceEvent } from './frame-tasks.ts';
import { largePhotograph } from './large-photograph.ts';

const target = { width: 6000, height: 4000 };
const source = { width: 4000, height: 3000 };
/** A frame at 60 Hz, ms; and GB for the page, with everything it holds. */
const bounds = { task: 16, memory: 1.5 };
const program = process.env['SEAMFIELD_CHROMIUM'] ?? '/usr/bin/chromium';

/** What a hand does: along a wave over the source, in shares of its pane. */
const gestures = [
  { name: 'hovering', brush: 200, press: false, shown: 'Exact' },
  { name: 'brush of 30 pixels', brush: 30, press: true, shown: 'Paste' },
  { name: 'brush of 200 pixels', brush: 200, press: true, shown: 'Paste' },
  { name: 'brush of 500 pixels', brush: 500, press: true, shown: 'Paste' },
  { name: 'brush of 200 pixels, solved exactly', brush: 200, press: true, shown: 'Exact' },
] as const;
type Gesture = (typeof gestures)[number];

const pane = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function openPhotograph(page: Page, role: 'Source' | 'Target', path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: `Open ${role.toLowerCase()}` }).first().click(),
  ]); // prettier-ignore
  await chooser.setFiles(path);
  await pane(page, role).getByRole('img').waitFor({ timeout: 60_000 });
}

async function draw(page: Page, { brush, press }: Gesture, row: number): Promise<void> {
  await page.keyboard.press('b');
  await page.getByLabel('Size', { exact: true }).fill(String(brush));
  const box = (await pane(page, 'Source').getByRole('img').boundingBox())!;
  const place = (t: number) =>
    [
      box.x + box.width * (0.2 + 0.6 * t),
      box.y + box.height * (0.4 + 0.05 * row + 0.04 * Math.sin(12 * t)),
    ] as const;
  await page.mouse.move(...place(0));
  if (press) await page.mouse.down();
  for (let i = 1; i <= 100; i++) await page.mouse.move(...place(i / 100));
  if (press) await page.mouse.up();
}

/** Resident memory of the largest renderer: now, and the most there ever was; GB. Linux only. */
async function memoryOf(browser: Browser): Promise<{ now: number; most: number }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const found = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
        const gigabytes = (name: string) =>
          (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e9;
        return { now: gigabytes('VmRSS'), most: gigabytes('VmHWM') };
      }),
  );
  return found.reduce((a, b) => (b.now > a.now ? b : a));
}

async function measure(browser: Browser, url: string, folder: string) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const paths = { target: join(folder, 'target.jpg'), source: join(folder, 'source.jpg') };
  await largePhotograph(paths.target, target.width, target.height);
  await largePhotograph(paths.source, source.width, source.height);
  await page.goto(url);
  await page.getByRole('radio', { name: 'Clone', exact: true }).check();
  await openPhotograph(page, 'Target', paths.target);
  await openPhotograph(page, 'Source', paths.source);
  await page.waitForTimeout(1000);
  const found = [];
  for (const [row, gesture] of gestures.entries()) {
    const choice = page.getByRole('radio', { name: gesture.shown, exact: true });
    if (await choice.isVisible()) await choice.check();
    await browser.startTracing(page, { categories: tracedCategories });
    await draw(page, gesture, row);
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const frames = frameTasks(trace.traceEvents);
    const worked = frameTasks(withoutWaiting(trace.traceEvents));
    const { now, most } = await memoryOf(browser);
    found.push({
      name: gesture.name,
      frames: frames.length,
      median: quantile(frames, 0.5),
      most95: quantile(frames, 0.95),
      worst: quantile(frames, 1),
      worked: quantile(worked, 0.5),
      worked95: quantile(worked, 0.95),
      memory: now,
      memoryMost: most,
    });
    await page.waitForTimeout(2000);
  }
  return found;
}

export const painting: Bench = {
  name: 'painting',
  claim:
    'main-thread ms a frame while a mask is painted on 4000 × 3000 over 6000 × 4000, and the memory of the page',
  isLong: true,
  async run({ signal, folder }) {
    if (!existsSync(program)) {
      return { notes: ['painting: not measured; install Chromium (apt-get install chromium).'] };
    }
    buildIfStale();
    const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SEAMFIELD_DATA: join(folder, 'data') },
      signal,
    });
    const browser = await chromium.launch({
      executablePath: program,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
    try {
      const [url] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
      const found = await measure(browser, url, folder);
      const floor = (quantity: string, bound: number, measured: number | undefined) =>
        ({ job: 'painting', quantity, sense: 'at most', bound, measured }) as const;
      return {
        floors: [
          ...found.flatMap(({ name, median, most95 }) => [
            floor(`${name}, ms, median`, bounds.task, median),
            floor(`${name}, ms, 95th percentile`, bounds.task, most95),
          ]),
          floor('resident memory, GB', bounds.memory, Math.max(...found.map(({ memory }) => memory))),
        ],
        tables: [
          {
            title:
              'Main thread at work per frame, ms (CPU: without waiting for a processor), and resident memory, GB',
            columns: [
              'Gesture',
              'Frames',
              'Median',
              '95 %',
              'Worst',
              'CPU, median',
              'CPU, 95 %',
              'Memory',
              'Most ever',
            ],
            rows: found.map(({ name, frames, ...measured }) => [
              name,
              String(frames),
              ...[
                measured.median,
                measured.most95,
                measured.worst,
                measured.worked,
                measured.worked95,
                measured.memory,
                measured.memoryMost,
              ].map((value) => figure(value)),
            ]),
          },
        ],
        figures: found,
      };
    } finally {
      await browser.close();
      if (host.exitCode === null && host.kill('SIGINT')) await once(host, 'exit');
    }
  },
};
