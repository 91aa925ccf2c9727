import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { largePhotograph } from './large-photograph.ts';
import { onApp } from './on-app.ts';

const target = { width: 6000, height: 4000 };
const source = { width: 4000, height: 3000 };

const pane = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Has the brush of so many pixels in hand; answers with where the source is seen. */
export async function takeBrush(page: Page, size: number) {
  await page.keyboard.press('b');
  await page.getByLabel('Size', { exact: true }).fill(String(size));
  return (await pane(page, 'Source').getByRole('img').boundingBox())!;
}

/** What the target shows from here on, where there is a choice. */
export async function showOnTarget(page: Page, content: string): Promise<void> {
  const choice = page.getByRole('radio', { name: content, exact: true });
  if (await choice.isVisible()) await choice.check();
}

async function openPhotograph(page: Page, role: 'Source' | 'Target', path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: `Open ${role.toLowerCase()}` }).first().click(),
  ]); // prettier-ignore
  await chooser.setFiles(path);
  await pane(page, role).getByRole('img').waitFor({ timeout: 60_000 });
}

async function compose(page: Page, folder: string): Promise<void> {
  const paths = { target: join(folder, 'target.jpg'), source: join(folder, 'source.jpg') };
  await largePhotograph(paths.target, target.width, target.height);
  await largePhotograph(paths.source, source.width, source.height);
  await page.getByRole('radio', { name: 'Clone', exact: true }).check();
  await openPhotograph(page, 'Target', paths.target);
  await openPhotograph(page, 'Source', paths.source);
  await page.waitForTimeout(1000);
}

/**
 * Measures the app in Chromium with 4000 × 3000 composed over 6000 × 4000, nothing painted yet; undefined where there is
 * no Chromium.
 */
export async function onLargeComposition<T>(
  { signal, folder }: { readonly signal: AbortSignal; readonly folder: string },
  measure: (page: Page, browser: Browser) => Promise<T>,
): Promise<T | undefined> {
  return onApp({ signal, folder }, async ({ page, browser }) => {
    await compose(page, folder);
    return await measure(page, browser);
  });
}
