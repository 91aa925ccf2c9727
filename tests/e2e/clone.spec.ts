import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;
beforeEach(async () => {
  app = await AppUnderTest.open();
  await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
});

const shot = (name: string) => app.shot(name);
const compose = async () => {
  await app.page.locator('[data-action=compose-espresso]').click();
  await expect.poll(place).toEqual(['60', '-10']);
};
const shown = (what: string) => app.page.locator(`[data-shown=${what}]`).waitFor();
const show = (what: string) => app.page.getByRole('radio', { name: what, exact: true }).check();
const press = (keys: string) => app.page.keyboard.press(keys);
const place = () =>
  Promise.all(['X', 'Y'].map((name) => app.page.getByLabel(name, { exact: true }).inputValue()));
/** What a pane shows once it has settled, in short. */
const look = async (pane: string) =>
  createHash('sha256')
    .update(await app.picture(pane))
    .digest('hex');
const box = async (pane: string) => (await app.pane(pane).getByRole('img').boundingBox())!;

/** Train the clone on show for so long, to the end. */
const blend = async (seconds: number) => {
  await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
  await app.page.getByLabel('Seconds').fill(String(seconds));
  await app.page.getByLabel('Seconds').blur();
  await app.button('train').click();
  await app.metric('residual').waitFor();
};

/** Red, green and blue of each pixel. */
const pixelsOf = async (file: string | Buffer) => {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

describe('the sample composition', () => {
  it('is blended in one click and exported with every pixel outside the mask as it was', async () => {
    await shot('clone-start');
    await compose();
    await show('Paste');
    await shot('clone-paste');
    await blend(1);
    await shown('network');
    await shot('clone-network');
    const { name, bytes } = await app.exportPicture();
    expect(name).toBe('coffee-cloned.png');
    const made = await pixelsOf(bytes);
    const target = await pixelsOf('assets/samples/coffee.png');
    expect([made.width, made.height]).toEqual([target.width, target.height]);
    // The sample's mask: an ellipse about (285, 118) on the target, 54 across and 64 down, and half a pixel more.
    const isOutside = (x: number, y: number) => ((x - 284.5) / 55) ** 2 + ((y - 117.5) / 65) ** 2 > 1;
    let [outside, changedOutside, changedInside] = [0, 0, 0];
    for (let i = 0; i < made.width * made.height; i++) {
      const differs = [0, 1, 2].some((c) => made.data[3 * i + c] !== target.data[3 * i + c]);
      if (isOutside(i % made.width, Math.floor(i / made.width))) {
        outside++;
        changedOutside += Number(differs);
      } else changedInside += Number(differs);
    }
    expect(changedOutside).toBe(0);
    expect(outside).toBeGreaterThan(0.9 * made.width * made.height);
    expect(changedInside).toBeGreaterThan(9000);

    // The region alone is that part of the whole, sample by sample.
    const cut = await app.exportPicture({ Picture: 'The blended region', Format: 'TIFF' });
    expect(cut.name).toBe('coffee-cloned-region.tif');
    const region = await pixelsOf(cut.bytes);
    expect(region.width).toBeLessThan(made.width / 2);
    const row = (x: number, y: number) =>
      made.data.subarray(3 * (y * made.width + x), 3 * (y * made.width + x + region.width));
    const isThere = (x: number, y: number) =>
      Array.from({ length: region.height }, (_, i) => i).every((i) =>
        row(x, y + i).equals(region.data.subarray(3 * i * region.width, 3 * (i + 1) * region.width)),
      );
    // About the mask's middle, give or take the window's own rounding.
    const places = [-3, -2, -1, 0, 1, 2, 3].flatMap((dx) =>
      [-3, -2, -1, 0, 1, 2, 3].map((dy) => [dx, dy] as const),
    );
    const [left, top] = [285 - Math.round(region.width / 2), 118 - Math.round(region.height / 2)];
    expect(places.filter(([dx, dy]) => isThere(left + dx, top + dy))).toHaveLength(1);
    expect(app.complaints).toEqual([]);
  });

  it('shows its exact solution as a preview, named as such, that follows the source', async () => {
    await compose();
    await show('Paste');
    await shown('paste');
    const paste = await look('Target');
    await show('Exact');
    await shown('exact');
    await expect.poll(() => look('Target')).not.toBe(paste);
    await app.page.getByText('Exact solution (preview)').waitFor();
    await shot('clone-exact');
    const before = await look('Target');
    await press('Shift+ArrowLeft');
    await expect.poll(() => look('Target')).not.toBe(before);
    await press('Control+z');
    await expect.poll(() => look('Target')).toBe(before);
    expect(app.complaints).toEqual([]);
  });
});

describe('a blend', () => {
  it('shows its network as it learns, beside the target held for comparison, and is gone when cancelled', async () => {
    await compose();
    await shown('exact');
    await app.page.getByLabel('Time', { exact: true }).selectOption('fine');
    await app.button('train').click();
    await shown('network');
    await app
      .pane('Target')
      .getByText(/^step \d/)
      .waitFor();
    await app.page.keyboard.down('\\');
    await shown('before');
    await app.page.keyboard.up('\\');
    await shown('network');
    await app.button('cancel').click();
    await shown('exact');
    expect(await app.page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true);
    expect(app.complaints).toEqual([]);
  });

  it('gives way to the preview once the source is moved, and is back when that is undone', async () => {
    await compose();
    await blend(1);
    await shown('network');
    await press('ArrowLeft');
    await shown('exact');
    await app.page.getByText('changed since: blend again').waitFor();
    await press('Control+z');
    await shown('network');
  });

  it('differs in each of its modes', async () => {
    await compose();
    await show('Exact');
    await shown('exact');
    const seen = new Set<string>();
    for (const mode of ['import', 'mixed', 'average', 'monochrome']) {
      await app.page.getByLabel('Mode', { exact: true }).selectOption(mode);
      seen.add(await look('Target'));
    }
    expect(seen.size).toBe(4);
    expect(app.complaints).toEqual([]);
  });
});

describe('the mask', () => {
  it('is painted by the brush, undone, and redone', async () => {
    await compose();
    await press('b');
    const before = await look('Source');
    const at = await box('Source');
    await app.page.mouse.move(at.x + 0.25 * at.width, at.y + 0.6 * at.height);
    await app.page.mouse.down();
    await app.page.mouse.move(at.x + 0.75 * at.width, at.y + 0.65 * at.height, { steps: 8 });
    await app.page.mouse.up();
    await shot('clone-brush');
    const painted = await look('Source');
    expect(painted).not.toBe(before);
    await press('Control+z');
    await expect.poll(() => look('Source')).toBe(before);
    await press('Control+Shift+Z');
    await expect.poll(() => look('Source')).toBe(painted);
  });
});

describe('the source', () => {
  it('is nudged by the arrow keys, and dragged by the mouse', async () => {
    await compose();
    await press('ArrowRight');
    await press('Shift+ArrowDown');
    await expect.poll(place).toEqual(['61', '0']);
    await press('v');
    const at = await box('Target');
    const scale = Math.min((at.width - 32) / 600, (at.height - 32) / 400);
    await app.page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    await app.page.mouse.down();
    await app.page.mouse.move(at.x + at.width / 2 + 40 * scale, at.y + at.height / 2 - 20 * scale, {
      steps: 4,
    });
    await app.page.mouse.up();
    await expect.poll(place).toEqual(['101', '-20']);
    await press('Control+z');
    await expect.poll(place).toEqual(['61', '0']);
  });
});

describe('the workspace', () => {
  it('breaks no rule of accessibility, from its start page to the shortcut sheet', async () => {
    const broken: string[] = [];
    const check = async (at: string) => {
      for (const rule of await app.accessibilityViolations()) broken.push(`${at}: ${rule}`);
    };
    await check('start');
    await app.sample('Rocket').click();
    await app.page.getByText('What do you want to clone?').waitFor();
    await shot('clone-picker');
    await check('one photograph');
    await press('Control+k');
    await press('Escape');
    await app.pane('Source').getByRole('button', { name: 'Astronaut' }).click();
    await app.page.getByText('Paint or outline on the source').waitFor();
    await press('b');
    await shot('clone-empty-mask');
    await check('brush');
    await press('?');
    await app.page.getByRole('dialog').waitFor();
    await shot('clone-shortcuts');
    await check('shortcut sheet');
    expect(broken).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});
