import type { Page } from 'playwright-core';
import type { Bench } from './bench.ts';
import { chromiumMissing } from './chromium-missing.ts';
import { figure } from './floor.ts';
import { quantile } from './frame-tasks.ts';
import { onLargeComposition, showOnTarget, takeBrush } from './large-composition.ts';

/** A change is on disk so soon after it was made, s. */
const bound = 2;
const repeats = 5;

/** From where to where over the source, in shares of its pane: what has changed is the box around it. */
const strokes = [
  { name: 'a dab', brush: 200, to: [0.21, 0.21], shown: 'Paste' },
  { name: 'across', brush: 200, to: [0.9, 0.2], shown: 'Paste' },
  { name: 'from corner to corner', brush: 500, to: [0.95, 0.95], shown: 'Paste' },
  { name: 'from corner to corner, solved exactly', brush: 500, to: [0.95, 0.95], shown: 'Exact' },
] as const;
type Stroke = (typeof strokes)[number];

/** Seconds from the end of a stroke until the host has it on disk, and so has answered. */
async function keep(page: Page, { brush, to }: Stroke, repeat: number): Promise<number> {
  const box = await takeBrush(page, brush);
  // Each a little beside the one before, or it would change nothing.
  const place = (x: number, y: number) =>
    [box.x + box.width * x, box.y + box.height * (y - 0.02 * repeat)] as const;
  await page.mouse.move(...place(0.2, 0.2));
  await page.mouse.down();
  await page.mouse.move(...place(to[0], to[1]), { steps: 40 });
  await page.mouse.up();
  const ended = performance.now();
  await page.locator('[data-kept=true]').waitFor();
  return (performance.now() - ended) / 1000;
}

async function measure(page: Page) {
  const found = [];
  for (const stroke of strokes) {
    await showOnTarget(page, stroke.shown);
    const seconds: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      seconds.push(await keep(page, stroke, repeat));
      // At idle: nothing of the stroke before is worked on any more.
      await page.locator('[data-role=target][aria-busy=false]').waitFor();
      await page.waitForTimeout(1000);
    }
    found.push({ name: stroke.name, seconds });
  }
  return found;
}

export const keeping: Bench = {
  name: 'keeping',
  claim: 'seconds until a stroke on a mask of 4000 × 3000 over 6000 × 4000 is on disk',
  isLong: true,
  async run(context) {
    const found = await onLargeComposition(context, measure);
    if (found === undefined) return { notes: [chromiumMissing('keeping')] };
    return {
      floors: found.map(({ name, seconds }) => ({
        ...{ job: 'keeping', quantity: `${name}, s, longest of ${repeats}`, sense: 'at most', bound },
        measured: quantile(seconds, 1),
      })),
      tables: [
        {
          title: 'From the end of a stroke to its being on disk, s',
          columns: ['Stroke', 'Median', 'Longest'],
          rows: found.map(({ name, seconds }) => [
            name,
            figure(quantile(seconds, 0.5)),
            figure(quantile(seconds, 1)),
          ]),
        },
      ],
      figures: found,
    };
  },
};
