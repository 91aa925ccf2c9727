import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-masks-'));
  app = await AppUnderTest.open();
  await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const press = (keys: string) => app.page.keyboard.press(keys);
/** What the source's pane shows once it has settled, in short. */
const look = async () =>
  createHash('sha256')
    .update(await app.picture('Source'))
    .digest('hex');
const shot = (name: string) => app.shot(name);
const drag = async (...way: (readonly [number, number])[]) => {
  const box = (await app.pane('Source').getByRole('img').boundingBox())!;
  const at = way.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await app.page.mouse.move(...at[0]!);
  await app.page.mouse.down();
  for (const place of at.slice(1)) await app.page.mouse.move(...place, { steps: 6 });
  await app.page.mouse.up();
};
/** Does something to the mask and waits until it shows. Answers with how it looks then. */
const changed = async (act: () => Promise<unknown>) => {
  const before = await look();
  await act();
  await expect.poll(look).not.toBe(before);
  return look();
};
/** Through the palette, by keyboard alone. */
const command = async (words: string) => {
  await press('Control+k');
  await app.page.getByRole('dialog').locator('input:focus').waitFor();
  await app.page.keyboard.type(words);
  await press('Enter');
  await app.page.getByRole('dialog').waitFor({ state: 'hidden' });
};
const openSource = async (file: string) => {
  await app.sample('Rocket').click();
  await app.page.getByText('What do you want to clone?').waitFor();
  const [chooser] = await Promise.all([
    app.page.waitForEvent('filechooser'),
    app.pane('Source').getByRole('button', { name: 'Open source' }).click(),
  ]);
  await chooser.setFiles(file);
  await app.page.getByText('Paint or outline on the source').waitFor();
};
/** Left half black and see-through, right half white and opaque. */
const halves = async (name: string, width = 60, height = 40) => {
  const data = Buffer.alloc(width * height * 4);
  for (let i = 0; i < width * height; i++) data.fill(i % width < width / 2 ? 0 : 255, 4 * i, 4 * i + 4);
  const path = join(folder, name);
  await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toFile(path);
  return path;
};

describe('a mask', () => {
  it('is painted, outlined by polygon, picked by wand, intersected; and every step is undone', async () => {
    await openSource('assets/samples/astronaut.png');
    const empty = await look();
    await press('b');
    const painted = await changed(() => drag([0.3, 0.4], [0.6, 0.5]));
    await changed(() => press('Control+z'));
    expect(await look()).toBe(empty);
    await changed(() => press('Control+Shift+Z'));
    expect(await look()).toBe(painted);
    await press('p');
    const box = (await app.pane('Source').getByRole('img').boundingBox())!;
    for (const [x, y] of [[0.2, 0.35], [0.8, 0.35], [0.5, 0.62]] as const) {
      await app.page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    } // prettier-ignore
    const polygon = await changed(() => press('Enter'));
    await shot('masks-polygon');
    await press('w');
    const at = [box.x + 0.62 * box.width, box.y + 0.38 * box.height] as const;
    const wand = await changed(() => app.page.mouse.click(...at));
    expect(wand).not.toBe(polygon);
    await press('m');
    await app.page.getByRole('radio', { name: 'Is intersected (Shift+Alt)' }).check();
    await changed(() => drag([0.4, 0.3], [0.7, 0.5]));
    await shot('masks-intersect');
    for (const before of [wand, polygon, painted, empty]) {
      await changed(() => press('Control+z'));
      expect(await look()).toBe(before);
    }
    expect(app.complaints).toEqual([]);
  });

  it('is made, grown, shrunk and inverted by keyboard alone, and its holes are filled', async () => {
    await openSource(await halves('halves.png'));
    const empty = await look();
    const all = await changed(() => press('Control+a'));
    await changed(() => press('Control+Shift+I'));
    expect(await look()).toBe(empty);
    const half = await changed(() => command('source’s transparency'));
    expect(half).not.toBe(all);
    const grown = await changed(() => command('Grow mask by 6'));
    await changed(() => command('Shrink mask by 6'));
    expect(await look()).toBe(half);
    expect(grown).not.toBe(half);
    // A hole in the middle of all, which only a pointer can make, and filled it is all again.
    await changed(() => press('Control+a'));
    await press('o');
    await app.page.getByRole('radio', { name: 'Is taken away (Alt)' }).check();
    await changed(() => drag([0.4, 0.45], [0.6, 0.55]));
    await changed(() => command('Fill holes'));
    expect(await look()).toBe(all);
    await changed(() => press('Control+d'));
    expect(await look()).toBe(empty);
    expect(app.complaints).toEqual([]);
  });

  it('comes from a picture of the source’s size, and another size is refused with a sentence', async () => {
    await openSource(await halves('source.png'));
    const fromPicture = async (file: string) => {
      await app.page.getByRole('button', { name: 'Mask', exact: true }).click();
      const [chooser] = await Promise.all([
        app.page.waitForEvent('filechooser'),
        app.page.locator('[data-action=mask-from-picture]').click(),
      ]);
      await chooser.setFiles(file);
      await press('Escape');
    };
    await fromPicture(await halves('small.png', 30, 20));
    await app.page.getByText('small.png is 30 × 20 pixels, and the source is 60 × 40.').waitFor();
    const picture = await halves('mask.png');
    const made = await changed(() => fromPicture(picture));
    await changed(() => press('Control+z'));
    await changed(() => command('source’s transparency'));
    expect(await look()).toBe(made);
  });

  it('shows its edge as a line, as ants, or not', async () => {
    await openSource(await halves('halves.png'));
    await press('Control+a');
    const edge = () => app.layers('Source', ['edge']);
    const line = await edge();
    await app.page.getByRole('button', { name: 'Overlay', exact: true }).click();
    await app.page.getByRole('radio', { name: 'Ants' }).check();
    await shot('masks-overlay');
    await expect.poll(edge).not.toBe(line);
    const ants = await edge();
    const broken = await app.accessibilityViolations();
    await app.page.getByRole('radio', { name: 'None', exact: true }).check();
    await expect.poll(edge).not.toBe(ants);
    expect(broken).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});
