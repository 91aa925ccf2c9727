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
/** Every byte of what both panes show besides their pictures. */
const drawnInPanes = () =>
  app.page.evaluateHandle<Uint8ClampedArray[]>(`
    [...document.querySelectorAll('canvas[data-layer=content], canvas[data-layer=edge]')].map((canvas) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      return context.getImageData(0, 0, canvas.width, canvas.height).data;
    })`);
type Drawn = Awaited<ReturnType<typeof drawnInPanes>>;
/** The largest difference of two bytes; 1000 where there are not as many. */
const farthest = (a: Drawn, b: Drawn) =>
  app.page.evaluate(
    ([one, other]) =>
      one!.reduce((most, bytes, i) => {
        const others = other![i]!;
        if (bytes.length !== others.length) return 1000;
        return bytes.reduce((so, byte, k) => Math.max(so, Math.abs(byte - others[k]!)), most);
      }, 0),
    [a, b],
  );
const shot = (name: string) => app.shot(name);

/** The pixels of two pictures that differ: how many, and the box around them. */
const differing = async (files: readonly (string | Buffer)[]) => {
  const [a, b] = await Promise.all(
    files.map((picture) => sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const { width } = a!.info;
  let count = 0;
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
  for (let i = 0; i < a!.data.length / 3; i++) {
    if (a!.data.compare(b!.data, 3 * i, 3 * i + 3, 3 * i, 3 * i + 3) === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    count++;
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
  }
  const [one, other] = [a!.info, b!.info].map((info) => [info.width, info.height]);
  return { count, width: right - left + 1, height: bottom - top + 1, sizes: [one, other] };
};

describe('a large region', () => {
  it('is previewed at a small size while dragged, refined at rest, and blended and exported with all of its detail', async () => {
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
    await note(/^at (1[2-9]|2\d|3[0-8])\d × \d+ of/).waitFor();
    await shot('preview-live');
    await app.page.mouse.up();
    await note(/^at 1024 × \d+ of/).waitFor();
    await shot('preview-at-rest');
    const heading = app.pane('Target').getByRole('heading');
    await app.page.getByLabel('X', { exact: true }).fill('90000');
    await app.page.keyboard.press('Enter');
    await note(/^nothing of the source lies on it/).waitFor();
    expect(await heading.textContent()).toMatch(/^\s*Target\s*$/);
    expect(await app.button('train').isDisabled()).toBe(true);
    await shot('preview-nothing-lands');
    await app.page.keyboard.press('Control+z');
    await note(/^at 1024 × \d+ of/).waitFor();
    expect(await app.button('train').isEnabled()).toBe(true);
    expect(await heading.textContent()).toContain('Exact solution');
    // What a stroke draws of its panes, part by part, is what all of them drawn at once are.
    await app.page.getByRole('radio', { name: 'Paste', exact: true }).check();
    await app.page.keyboard.press('e');
    await app.page.getByLabel('Size', { exact: true }).fill('120');
    await app.page.mouse.move(...(await inPane('Source', 0.3, 0.45)));
    await app.page.mouse.down();
    for (let i = 1; i <= 12; i++) {
      await app.page.mouse.move(...(await inPane('Source', 0.3 + 0.04 * i, 0.45 + 0.05 * (i % 3))));
    }
    await app.settled();
    const inParts = await drawnInPanes();
    const difference = async () => farthest(inParts, await drawnInPanes());
    await app.page.mouse.up();
    await app.page.setViewportSize({ width: 1300, height: 800 });
    await expect.poll(difference).toBe(1000);
    await app.page.setViewportSize({ width: 1280, height: 800 });
    // A path is smoothed in one of two ways, by how long it is.
    await expect.poll(difference).toBeLessThan(64);
    // Smaller, for the network is evaluated at every pixel.
    await app.page.getByLabel('Scale %').fill('50');
    await app.page.getByLabel('Scale %').blur();
    await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
    // As long as it takes to be seen.
    await app.page.getByLabel('Seconds').fill('600');
    await app.page.getByLabel('Seconds').blur();
    await app.button('train').click();
    await note(/^step \d+, sees 256 × \d+ of \d{3} × \d{3}$/).waitFor();
    await app.button('stop').click();
    const carried = note(/^saw 256 × \d+ of \d{3} × \d{3}$/);
    await carried.waitFor();
    const [, across, down] = / of (\d+) × (\d+)$/.exec((await carried.textContent()) ?? '') ?? [];
    await app.metric('exactPsnr').waitFor();
    await shot('large-blend');
    const found = await differing([file('target'), (await app.exportPicture()).bytes]);
    expect(found.sizes[1]).toEqual(found.sizes[0]);
    // The note's region has some target around what was masked, less what was rubbed out.
    expect(found.width).toBeLessThan(Number(across));
    expect(found.height).toBeLessThan(Number(down));
    expect(found.count).toBeGreaterThan(0.4 * Number(across) * Number(down));
    await app.page.getByRole('radio', { name: 'Inspect', exact: true }).check();
    await app.page.getByText(/as the network saw it: 256 × \d+ pixels/).waitFor();
    await shot('large-inspect');
    expect(app.complaints).toEqual([]);
  });
});
