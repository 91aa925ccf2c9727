import { readFile } from 'node:fs/promises';
import type { Browser, Page, Response } from 'playwright-core';
import type { Bench } from './bench.ts';
import { chromiumMissing } from './chromium-missing.ts';
import { figure } from './floor.ts';
import { frameTasks, quantile, tracedCategories, withoutWaiting, type TraceEvent } from './frame-tasks.ts';
import { onLargeComposition, showOnTarget, takeBrush } from './large-composition.ts';
import { isPreview, livePreviews } from './live-previews.ts';

/** A frame at 60 Hz, ms; GB for the page, with everything it holds; previews a second. */
const bounds = { task: 16, memory: 1.5, previews: 15 };

/** What a hand does: along a wave over the source, in shares of its pane. */
const gestures = [
  { name: 'hovering', brush: 200, press: false, shown: 'Exact' },
  { name: 'brush of 30 pixels', brush: 30, press: true, shown: 'Paste' },
  { name: 'brush of 200 pixels', brush: 200, press: true, shown: 'Paste' },
  { name: 'brush of 500 pixels', brush: 500, press: true, shown: 'Paste' },
  { name: 'brush of 200 pixels, solved exactly', brush: 200, press: true, shown: 'Exact' },
  // By now the solver has both photographs at hand, and the size of its previews is learnt.
  { name: 'the same once more', brush: 200, press: true, shown: 'Exact' },
] as const;
type Gesture = (typeof gestures)[number];

/** @returns exact previews a second that came meanwhile */
async function draw(page: Page, { brush, press }: Gesture, row: number): Promise<number> {
  const box = await takeBrush(page, brush);
  const place = (t: number) =>
    [
      box.x + box.width * (0.2 + 0.6 * t),
      box.y + box.height * (0.4 + 0.05 * row + 0.04 * Math.sin(12 * t)),
    ] as const;
  let previews = 0;
  const heard = (response: Response) => void (previews += isPreview(response) ? 1 : 0);
  await page.mouse.move(...place(0));
  page.on('response', heard);
  const began = performance.now();
  if (press) await page.mouse.down();
  for (let i = 1; i <= 100; i++) await page.mouse.move(...place(i / 100));
  const seconds = (performance.now() - began) / 1000;
  page.off('response', heard);
  if (press) await page.mouse.up();
  return previews / seconds;
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

async function measure(page: Page, browser: Browser) {
  const found = [];
  for (const [row, gesture] of gestures.entries()) {
    await showOnTarget(page, gesture.shown);
    await browser.startTracing(page, { categories: tracedCategories });
    const previews = await draw(page, gesture, row);
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
      previews,
      worked: quantile(worked, 0.5),
      worked95: quantile(worked, 0.95),
      memory: now,
      memoryMost: most,
    });
    await page.waitForTimeout(2000);
  }
  return { found, previews: await livePreviews(page) };
}

export const painting: Bench = {
  name: 'painting',
  claim:
    'main-thread ms a frame while a mask is painted on 4000 × 3000 over 6000 × 4000, previews a second meanwhile, and the memory of the page',
  isLong: true,
  async run(context) {
    const measured = await onLargeComposition(context, measure);
    if (measured === undefined) return { notes: [chromiumMissing('painting')] };
    const { found, previews } = measured;
    const floor = (quantity: string, bound: number, measured: number | undefined) =>
      ({ job: 'painting', quantity, sense: 'at most', bound, measured }) as const;
    return {
      floors: [
        ...found.flatMap(({ name, median, most95 }) => [
          floor(`${name}, ms, median`, bounds.task, median),
          floor(`${name}, ms, 95th percentile`, bounds.task, most95),
        ]),
        ...previews.map(
          ({ name, perSecond }) =>
            ({
              job: 'live preview',
              quantity: `${name}, a second`,
              sense: 'at least',
              bound: bounds.previews,
              measured: perSecond,
            }) as const,
        ),
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
            'Previews a second',
            'Memory',
            'Most ever',
          ],
          rows: found.map(({ name, frames, ...all }) => [
            name,
            String(frames),
            ...[
              all.median,
              all.most95,
              all.worst,
              all.worked,
              all.worked95,
              all.previews,
              all.memory,
              all.memoryMost,
            ].map((value) => figure(value)),
          ]),
        },
        {
          title: 'Exact previews of the region while a hand moves without a pause',
          columns: ['Gesture', 'A second', 'Pixels along the longer side'],
          rows: previews.map(({ name, perSecond, size }) => [name, figure(perSecond), String(size)]),
        },
      ],
      figures: { found, previews },
    };
  },
};
