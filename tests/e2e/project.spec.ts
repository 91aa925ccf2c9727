import { rm } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;

beforeEach(async () => {
  app = await AppUnderTest.open();
});

const shot = (name: string) => app.shot(name);
const dialog = () => app.page.getByRole('dialog');
const goClone = () => app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
const compose = async () => {
  await goClone();
  await app.page.locator('[data-action^=compose-]').first().click();
  await app.page.locator('[data-shown=exact]').waitFor();
  await kept();
};
/** The exact solution on show is that of everything as it is, and as fine as it gets. */
const atRest = () => app.page.locator('[data-role=target][aria-busy=false] [data-shown=exact]').waitFor();
/** Everything that was done is on disk. */
const kept = () => app.page.locator('[data-kept=true]').waitFor();
const press = (keys: string) => app.page.keyboard.press(keys);

/** A stroke over the source, in shares of its pane. */
const paint = async (from: number, to: number) => {
  await press('b');
  const at = (await app.pane('Source').getByRole('img').boundingBox())!;
  await app.page.mouse.move(at.x + from * at.width, at.y + 0.6 * at.height);
  await app.page.mouse.down();
  await app.page.mouse.move(at.x + to * at.width, at.y + 0.65 * at.height, { steps: 6 });
  await app.page.mouse.up();
  // The picture is the same whatever the tool; the pointer's circle lies above it.
  await kept();
  await atRest();
};
const run = async (label: string) => {
  await press('Control+k');
  await app.page.getByPlaceholder(/./).last().fill(label);
  await press('Enter');
};

describe('work', () => {
  it('is offered by the next start after the host was killed, with masks to the last stroke', async () => {
    await compose();
    await paint(0.25, 0.75);
    const [source, target] = [await app.picture('Source'), await app.picture('Target')];
    await app.killHost();
    await app.restart();
    await dialog().getByText('Pick up where you left off?').waitFor();
    await dialog().locator('img').waitFor();
    await shot('project-restore');
    expect(await app.accessibilityViolations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await app.page.locator('[data-shown=exact]').waitFor();
    await expect.poll(() => app.picture('Source')).toBe(source);
    await expect.poll(() => app.picture('Target')).toBe(target);
    await expect.poll(() => app.page.title()).toBe('• Untitled – Seamfield');
    // It goes on as if nothing had happened.
    await paint(0.4, 0.6);
    await press('Control+z');
    await expect.poll(() => app.picture('Source')).toBe(source);
  });

  it('is gone for good when it is discarded', async () => {
    await compose();
    await kept();
    await app.killHost();
    await app.restart();
    await dialog().getByRole('button', { name: 'Discard' }).click();
    await dialog().waitFor({ state: 'detached' });
    await app.page.getByText('Discarded', { exact: true }).waitFor();
    await app.restart();
    await app.sample('Astronaut').waitFor();
    await run('Restore unsaved work');
    await app.page.getByText('There is no unsaved work of earlier visits.').waitFor();
  });

  it('is back after a reload without a question', async () => {
    await compose();
    await paint(0.3, 0.5);
    const source = await app.picture('Source');
    await app.page.reload();
    await app.page.locator('[data-shown=exact]').waitFor();
    await expect.poll(() => app.picture('Source')).toBe(source);
    expect(await dialog().count()).toBe(0);
    expect(app.complaints).toEqual([]);
  });

  it('keeps the network that was trained, through a kill of the host', async () => {
    await compose();
    await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
    await app.page.getByLabel('Seconds').fill('1');
    await app.page.getByLabel('Seconds').blur();
    await app.button('train').click();
    const exported = app.page.getByRole('button', { name: 'Export' });
    await expect.poll(() => exported.isEnabled()).toBe(true);
    await app.page.locator('[data-shown=network]').waitFor();
    await kept();
    const exactPsnr = await app.metric('exactPsnr').textContent();
    const target = await app.picture('Target');
    await app.killHost();
    await app.restart();
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await expect.poll(() => exported.isEnabled()).toBe(true);
    await app.page.locator('[data-shown=network]').waitFor();
    await expect.poll(() => app.metric('exactPsnr').textContent()).toBe(exactPsnr);
    await expect.poll(() => app.picture('Target')).toBe(target);
  });
});

describe('a project', () => {
  it('is saved under a name, marked when it changes, and opens as it was saved', async () => {
    await compose();
    await paint(0.25, 0.75);
    const source = await app.picture('Source');
    await press('Control+s');
    await dialog().getByLabel('Name').fill('Face in the cup');
    await shot('project-save');
    expect(await app.accessibilityViolations()).toEqual([]);
    await press('Enter');
    await app.page.getByText('Saved Face in the cup').waitFor();
    await expect.poll(() => app.page.title()).toBe('Face in the cup – Seamfield');
    await paint(0.6, 0.7);
    await expect.poll(() => app.page.title()).toBe('• Face in the cup – Seamfield');
    await press('Control+z');
    await press('Control+s');
    await expect.poll(() => app.page.title()).toBe('Face in the cup – Seamfield');
    await kept();

    // A saved project is no unsaved work: the next start has nothing to offer but the project.
    await app.killHost();
    await app.restart();
    await app.sample('Astronaut').waitFor();
    expect(await dialog().count()).toBe(0);
    await run('Open project');
    await shot('project-open');
    await dialog().getByRole('button', { name: 'Face in the cup' }).click();
    await app.page.locator('[data-shown=exact]').waitFor();
    await expect.poll(() => app.picture('Source')).toBe(source);
    await expect.poll(() => app.page.title()).toBe('Face in the cup – Seamfield');

    // The start page has it too, until its file has vanished. It is closed before the host has heard of it again.
    await run('Close and show samples');
    const recent = app.page.getByRole('region', { name: 'Recent' });
    await recent.getByRole('button', { name: 'Face in the cup' }).locator('img').waitFor();
    await recent.getByRole('button', { name: 'Face in the cup' }).click();
    await app.page.locator('[data-shown=exact]').waitFor();
    await expect.poll(() => app.picture('Source')).toBe(source);
    await kept();
    await expect.poll(() => app.page.title()).toBe('Face in the cup – Seamfield');
    await run('Close and show samples');
    await rm(app.inData('projects/Face in the cup.seamfield'));
    await recent.getByRole('button', { name: 'Face in the cup' }).click();
    await app.page.getByText('Face in the cup.seamfield is not there any more').waitFor();
    await recent.waitFor({ state: 'detached' });
  });

  it('is taken along as a file, and opened from it', async () => {
    await compose();
    await paint(0.25, 0.75);
    const source = await app.picture('Source');
    const [download] = await Promise.all([app.page.waitForEvent('download'), run('Save a copy as a file')]);
    expect(download.suggestedFilename()).toBe('Untitled.seamfield');
    const file = app.inData('taken-along.seamfield');
    await download.saveAs(file);
    await run('Open project');
    const [chooser] = await Promise.all([
      app.page.waitForEvent('filechooser'),
      dialog().getByRole('button', { name: 'From a file…' }).click(),
    ]);
    await chooser.setFiles(file);
    await expect.poll(() => app.page.title()).toMatch(/Untitled/);
    await app.page.locator('[data-shown=exact]').waitFor();
    await expect.poll(() => app.picture('Source')).toBe(source);
  });
});
