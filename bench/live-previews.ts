import type { Page, Response } from 'playwright-core';

/** How long a hand keeps moving, ms. */
const gesture = 4000;

/** What was shown of a region while something of it was changed without a pause. */
export interface LivePreviews {
  readonly name: string;
  /** Exact solutions that came to the page a second. */
  readonly perSecond: number;
  /** Their longer side, pixels: the median. */
  readonly size: number;
}

/** Previews of all of the source that lies on the target, while it is moved and turned, and its mask painted. */
export async function livePreviews(page: Page): Promise<LivePreviews[]> {
  await page.getByRole('radio', { name: 'Exact', exact: true }).check();
  await page.keyboard.press('Control+a');
  await settled(page);
  const found = [];
  for (const { name, begin, step } of hands(page)) {
    // The size that the machine keeps up with is learnt first.
    for (const isMeasured of [false, true]) {
      await begin();
      await page.mouse.down();
      const previews = await during(page, async () => {
        const until = performance.now() + (isMeasured ? gesture : gesture / 2);
        for (let i = 0; performance.now() < until; i++) {
          await step(i);
          await page.waitForTimeout(12);
        }
      });
      await page.mouse.up();
      if (isMeasured) found.push({ name, ...previews });
      await settled(page);
    }
  }
  return found;
}

interface Hand {
  readonly name: string;
  begin(): Promise<void>;
  step(i: number): Promise<void>;
}

function hands(page: Page): Hand[] {
  const at = async (role: 'Source' | 'Target', x: number, y: number) => {
    const pane = page.getByRole('region', { name: role, exact: true });
    const box = (await pane.getByRole('img').boundingBox())!;
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  };
  return [
    {
      name: 'source moved',
      begin: async () => {
        await page.keyboard.press('v');
        await at('Target', 0.5, 0.5);
      },
      step: (i) => at('Target', 0.5 + 0.03 * Math.sin(i / 9), 0.5 + 0.02 * Math.sin(i / 7)),
    },
    {
      name: 'source turned',
      begin: async () => {
        await page.keyboard.press('v');
        await beside(page);
      },
      step: (i) =>
        page.getByLabel('Angle °').evaluate(
          (field, degrees) => {
            const input = field as unknown as { value: string; dispatchEvent(event: Event): boolean };
            input.value = String(degrees);
            input.dispatchEvent(new Event('change', { bubbles: true }));
          },
          Math.round(80 * Math.sin(i / 40)) / 10,
        ),
    },
    {
      name: 'mask painted',
      begin: async () => {
        await page.keyboard.press('e');
        await page.getByLabel('Size', { exact: true }).fill('200');
        await at('Source', 0.2, 0.4);
      },
      step: (i) => at('Source', 0.5 - 0.3 * Math.cos(i / 40), 0.45 + 0.04 * Math.sin(i / 5)),
    },
  ];
}

/** Where a press holds nothing. */
async function beside(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
}

/** Whether it brings an exact solution to the page. */
export const isPreview = (response: Response) => response.url().endsWith('/clones:exact');

async function during(
  page: Page,
  work: () => Promise<void>,
): Promise<Pick<LivePreviews, 'perSecond' | 'size'>> {
  const answers: Promise<number>[] = [];
  const heard = (response: Response) => {
    if (!isPreview(response)) return;
    answers.push(
      response.json().then((envelope: { result?: { width: number; height: number } }) => {
        const { width, height } = envelope.result ?? { width: 0, height: 0 };
        return Math.max(width, height);
      }),
    );
  };
  const began = performance.now();
  page.on('response', heard);
  await work();
  page.off('response', heard);
  const seconds = (performance.now() - began) / 1000;
  const sizes = (await Promise.all(answers)).filter((size) => size > 0).toSorted((a, b) => a - b);
  return { perSecond: sizes.length / seconds, size: sizes[Math.floor(sizes.length / 2)] ?? 0 };
}

/** Until the picture at rest is there. */
async function settled(page: Page): Promise<void> {
  const target = page.getByRole('region', { name: 'Target', exact: true });
  await page.waitForTimeout(500);
  await page.locator('[data-role=target][aria-busy=false]').waitFor({ timeout: 60_000 });
  await target.getByRole('img').waitFor();
}
