import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;

const shot = (name: string) => app.shot(name);
const action = (id: string) => app.page.locator(`main [data-action=${id}]`);
const row = (lesson: string, state: string) =>
  app.page.locator(`[data-lesson=${lesson}][data-state=${state}]`);
const decibels = async (lesson: string, view: string) =>
  Number.parseFloat((await app.page.locator(`[data-cell=${lesson}-network-${view}]`).textContent()) ?? '');

async function open(scheme: 'light' | 'dark' = 'light'): Promise<void> {
  app = await AppUnderTest.open(scheme);
  await app.page.getByRole('radio', { name: 'Learn', exact: true }).check();
  await app.page.getByLabel('Size', { exact: true }).selectOption('64');
  await app.page.getByLabel('Time each').selectOption('5');
}

describe('the Learn view', () => {
  it('trains all three networks in one click, and saves the figure as one picture', async () => {
    await open();
    await shot('learn-start');
    await action('learn-train').click();
    await row('gradient', 'training').getByRole('progressbar').waitFor();
    await row('fused', 'waiting').waitFor();
    // That each has learnt something: how much in the time given is up to the machine.
    for (const lesson of ['gradient', 'laplacian', 'fused']) {
      await row(lesson, 'done').waitFor();
      await expect.poll(() => decibels(lesson, 'value')).toBeGreaterThan(5);
      await expect.poll(() => decibels(lesson, 'magnitude')).toBeGreaterThan(5);
      await expect.poll(() => decibels(lesson, 'laplacian')).toBeGreaterThan(5);
    }
    await expect.poll(() => app.page.locator('main [role=img][data-filled=true]').count()).toBe(18);
    await app.page.mouse.move(4, 300);
    await shot('learn-done');
    expect(await app.accessibilityViolations()).toEqual([]);
    const [download] = await Promise.all([app.page.waitForEvent('download'), action('learn-save').click()]);
    expect(download.suggestedFilename()).toBe('seamfield-figure.png');
    const figure = sharp(await readFile(await download.path()));
    const { format, width = 0, height = 0 } = await figure.metadata();
    expect(format).toBe('png');
    expect(width).toBeGreaterThan(1600);
    expect(height).toBeGreaterThan(900);
    // It holds pictures, not a blank sheet: nearly two thirds of it are not white.
    const { data } = await figure.greyscale().raw().toBuffer({ resolveWithObject: true });
    const inked = data.filter((value) => value < 245).length / data.length;
    expect(inked).toBeGreaterThan(0.3);
    expect(app.complaints).toEqual([]);
  });

  it('keeps what has finished when the rest is cancelled, and forgets it with its photograph', async () => {
    await open('dark');
    await app.page.locator('[data-slot=first]').getByRole('button', { name: 'Camera' }).click();
    await app.page.locator('[data-slot=first] b').getByText('camera.png').waitFor();
    await action('learn-train').click();
    await row('gradient', 'done').waitFor();
    await row('laplacian', 'training').waitFor();
    await action('learn-cancel').click();
    await row('laplacian', 'cancelled').waitFor();
    await row('fused', 'cancelled').waitFor();
    await expect.poll(() => decibels('gradient', 'value')).toBeGreaterThan(5);
    await shot('learn-cancelled-dark');
    expect(await app.accessibilityViolations()).toEqual([]);
    await app.page.locator('[data-slot=first]').getByRole('button', { name: 'Moon' }).click();
    await row('gradient', 'idle').waitFor();
    expect(app.complaints).toEqual([]);
  });
});
