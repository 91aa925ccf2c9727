import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let folder: string;
let app: AppUnderTest;
const target = { width: 1500, height: 1000 };
const source = { width: 1300, height: 860 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-export-'));
  const enlarged = (sample: string, { width, height }: typeof target, name: string) =>
    sharp(`assets/samples/${sample}`).resize(width, height, { fit: 'fill' }).toFile(join(folder, name));
  await enlarged('rocket.jpg', target, 'target.png');
  await enlarged('coffee.png', source, 'source.png');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const dialog = () => app.page.getByRole('dialog', { name: 'Export picture' });
const save = () => dialog().getByRole('button', { name: 'Save', exact: true });

async function open(role: 'target' | 'source'): Promise<void> {
  const [chooser] = await Promise.all([
    app.page.waitForEvent('filechooser'),
    app.page
      .getByRole('button', { name: `Open ${role}…` })
      .first()
      .click(),
  ]);
  await chooser.setFiles(join(folder, `${role}.png`));
}

/** Writes down every share that the dialog's bar shows from here on. */
const watch = () =>
  app.page.evaluate(`(() => {
    window.shares = [];
    new MutationObserver(() => {
      const now = document.querySelector('[data-export=computing] [role=progressbar]')?.ariaValueNow;
      if (now !== null && now !== undefined && window.shares.at(-1) !== Number(now)) window.shares.push(Number(now));
    }).observe(document.body, { subtree: true, attributes: true, childList: true });
  })()`);
const shares = () => app.page.evaluate<number[]>('window.shares');

/** Files of the host's data that are not settings, work or the log. */
const leftovers = async () =>
  (await readdir(app.inData('.'), { recursive: true })).filter((name) =>
    /\.(png|tiff?|part|tmp)$/.test(name),
  );

describe('the export of a region of a megapixel', () => {
  it('tells how far it is, never less than before; is cancelled at once, leaving nothing; and comes to its end', async () => {
    app = await AppUnderTest.open();
    await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
    await open('target');
    await app.pane('Source').waitFor();
    await open('source');
    await app.pane('Source').getByRole('img').click();
    await app.page.keyboard.press('Control+a');
    await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
    await app.page.getByLabel('Seconds').fill('1');
    await app.page.getByLabel('Seconds').blur();
    await app.button('train').click();
    await app.metric('residual').waitFor();
    const before = await leftovers();
    let downloads = 0;
    app.page.on('download', () => downloads++);
    await watch();

    await app.page.keyboard.press('Control+e');
    await dialog().getByLabel('Bit depth').selectOption('16 bit');
    await save().click();
    await expect.poll(async () => (await shares()).length).toBeGreaterThan(2);
    await app.page.keyboard.press('Escape');
    await save().waitFor();
    // What keeps the training writes parts of its own, and renames them in a moment: a leftover stays.
    await expect.poll(async () => (await leftovers()).filter((name) => !before.includes(name))).toEqual([]);

    const [download] = await Promise.all([app.page.waitForEvent('download'), save().click()]);
    expect(await sharp(await download.path()).metadata()).toMatchObject({ ...target, depth: 'ushort' });
    expect(downloads).toBe(1);
    // What is shown goes on being carried meanwhile, so the second begins where that is.
    const told = await shares();
    expect(told).toEqual([...told].sort((a, b) => a - b));
    // How many of them a busy page shows is its own matter.
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)).toBeGreaterThan(50);
    expect(app.complaints).toEqual([]);
  });
});
