import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let folder: string;
let app: AppUnderTest;
const file = (name: string) => join(folder, `${name}.png`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-preview-'));
  await sharp('assets/samples/coffee.png').resize(1800).toFile(file('target'));
  await sharp('assets/samples/astronaut.png').resize(1500).toFile(file('source'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  app = await AppUnderTest.open();
  await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
});

const open = async (role: 'source' | 'target') => {
  const [chooser] = await Promise.all([
    app.page.waitForEvent('filechooser'),
    app.page.locator(`[data-action=open-${role}]`).last().click(),
  ]);
  await chooser.setFiles(file(role));
};
/** Where a share of a pane's width and height lies on the page. */
const inPane = async (name: string, x: number, y: number) => {
  const box = (await app.pane(name).getByRole('img').boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height] as const;
};
const note = (text: RegExp) => app.pane('Target').getByText(text);
const shot = (name: string) => app.shot(name);

describe('the exact preview of a large region', () => {
  it('follows a drag at a small size, is refined once let go, and says which size it has', async () => {
    await open('target');
    await app.pane('Target').getByRole('img').waitFor();
    await open('source');
    await app.page.getByText('Paint or outline on the source').waitFor();
    await app.page.keyboard.press('m');
    await app.page.mouse.move(...(await inPane('Source', 0.1, 0.3)));
    await app.page.mouse.down();
    await app.page.mouse.move(...(await inPane('Source', 0.9, 0.7)), { steps: 4 });
    await app.page.mouse.up();
    await note(/^at 1024 × \d+ of 1\d\d\d × \d+$/).waitFor();
    await app.page.keyboard.press('v');
    await app.page.mouse.move(...(await inPane('Target', 0.5, 0.5)));
    await app.page.mouse.down();
    await app.page.mouse.move(...(await inPane('Target', 0.55, 0.48)), { steps: 4 });
    await note(/^at 384 × \d+ of/).waitFor();
    await shot('preview-live');
    await app.page.mouse.up();
    await note(/^at 1024 × \d+ of/).waitFor();
    await shot('preview-at-rest');
    expect(app.complaints).toEqual([]);
  });
});
