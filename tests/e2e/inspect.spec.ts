import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;

const shot = (name: string) => app.shot(name);
const radio = (name: string) => app.page.getByRole('radio', { name, exact: true }).check();
const action = (id: string) => app.page.locator(`[data-action=${id}]`).first();
const pane = (number: number) => app.pane(`Pane ${number}`);
/** What the picture layer of a pane shows once it has settled, in short. */
const look = async (title: string) =>
  createHash('sha256')
    .update(await app.picture(title))
    .digest('hex');
const choose = (number: number, what: 'What' | 'View' | 'Contrast', value: string) =>
  pane(number)
    .getByLabel(new RegExp(`^${what} (pane|of pane)`))
    .selectOption({ label: value });
/** Waits until a pane shows something else than `before`; answers with what. */
const changed = async (title: string, before: string) => {
  await expect.poll(() => look(title)).not.toBe(before);
  return look(title);
};

const saved = async (id: string) => {
  const [download] = await Promise.all([app.page.waitForEvent('download'), action(id).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
};

describe('a reconstruction in the inspector', () => {
  beforeAll(async () => {
    app = await AppUnderTest.open();
    await app.train('Astronaut', 2);
    await app.metric('residual').waitFor();
    await radio('Inspect');
  });
  beforeEach(async () => {
    // Held by a test that failed, it would fail the next ones too.
    await app.page.keyboard.up('\\');
    await radio('4');
    await radio('Read');
    await choose(2, 'What', 'Photograph');
    await choose(2, 'View', 'Image');
    await app.page.mouse.move(640, 20);
    await app.page.locator('[data-loading=false]').waitFor();
    await pane(4)
      .getByRole('img', { name: /^Colours from/ })
      .waitFor();
  });

  it('shows each aspect in each view, under one camera, and breaks no rule of accessibility', async () => {
    await shot('inspect-four');
    const seen = new Set<string>();
    for (const aspect of ['Photograph', 'Guidance field', 'Residual', 'Network']) {
      await choose(2, 'What', aspect);
      await choose(2, 'View', '∂x');
      seen.add(await look('Pane 2'));
    }
    expect(seen.size).toBe(4);
    await pane(2).getByRole('img').first().focus();
    for (const key of ['1', '3', '4', '5', '6']) {
      const before = await look('Pane 2');
      await app.page.keyboard.press(key);
      await changed('Pane 2', before);
    }
    await pane(2).getByRole('img').first().hover();
    const before = await look('Pane 3');
    await app.page.mouse.wheel(0, -300);
    await changed('Pane 3', before);
    await app.page.keyboard.press('Control+0');
    await expect.poll(() => look('Pane 3')).toBe(before);

    // A finer scale says so at its ends.
    const scale = pane(3).getByRole('img', { name: /^Colours from/ });
    const coarse = Number((await scale.textContent())?.split('−')[1]?.split(/\s/)[0]);
    await choose(3, 'Contrast', '×8');
    await changed('Pane 3', before);
    const fine = Number((await scale.textContent())?.split('−')[1]?.split(/\s/)[0]);
    expect(coarse / fine).toBeGreaterThan(7);
    expect(coarse / fine).toBeLessThan(9);
    await choose(3, 'Contrast', '×1');
    expect(await app.accessibilityViolations()).toEqual([]);
    expect(app.complaints).toEqual([]);
  });

  it('shows the photograph while the backslash is held', async () => {
    const network = await look('Pane 1');
    await choose(1, 'What', 'Photograph');
    const photograph = await changed('Pane 1', network);
    await choose(1, 'What', 'Network');
    await expect.poll(() => look('Pane 1')).toBe(network);
    await app.page.keyboard.down('\\');
    await expect.poll(() => look('Pane 1')).toBe(photograph);
    await app.page.keyboard.up('\\');
    await expect.poll(() => look('Pane 1')).toBe(network);
  });

  it('probes the numbers that onnxruntime finds in the exported file, derivatives by finite differences', async () => {
    await pane(1)
      .getByRole('img')
      .first()
      .hover({ position: { x: 231, y: 187 } });
    const reading = app.page.locator('[data-probe=laplacian][data-exact]');
    await reading.waitFor();
    const exact = async (kind: string) =>
      JSON.parse(
        (await app.page.locator(`[data-probe=${kind}]`).getAttribute('data-exact')) ?? '',
      ) as number[];
    await expect.poll(async () => (await exact('value')).length).toBe(3);
    const [px, py] = ((await app.page.locator('[data-probe=pixel]').textContent()) ?? '')
      .split(', ')
      .map(Number);
    const probed = {
      value: (await exact('value'))[0]!,
      dx: (await exact('dx'))[0]!,
      dy: (await exact('dy'))[0]!,
      laplacian: (await exact('laplacian'))[0]!,
    };

    await radio('Export');
    const { bytes, name } = await saved('inspect-save-network');
    expect(name).toMatch(/\.onnx$/);
    await app.page.locator('[data-model=checked]').waitFor();
    await shot('inspect-export');
    const session = await ort.InferenceSession.create(bytes);
    // The reading is rounded to hundredths of a pixel, the picture 64 pixels wide over [-1, 1].
    const [x, y] = [(2 * px! + 1 - 64) / 64, (2 * py! + 1 - 64) / 64];
    const h = 4e-3;
    const steps = [-2, -1, 0, 1, 2];
    const points = [...steps.map((k) => [x + k * h, y]), ...steps.map((k) => [x, y + k * h])].flat();
    const { rgb } = await session.run({
      coords: new ort.Tensor('float32', Float32Array.from(points), [10, 2]),
    });
    // The red one of the three channels.
    const f = [...(rgb!.data as Float32Array)].filter((_, i) => i % 3 === 0);
    await session.release();
    // Central differences of fourth order.
    const first = (at: number) => (f[at]! - 8 * f[at + 1]! + 8 * f[at + 3]! - f[at + 4]!) / (12 * h);
    const second = (at: number) =>
      (-f[at]! + 16 * f[at + 1]! - 30 * f[at + 2]! + 16 * f[at + 3]! - f[at + 4]!) / (12 * h * h);
    const close = (found: number, expected: number, room: number) =>
      expect(Math.abs(found - expected)).toBeLessThan(room);
    const slope = Math.hypot(probed.dx, probed.dy);
    const bend = Math.abs(second(0)) + Math.abs(second(5));
    // A hundredth of a pixel, rounded away, is 1.6e-4 of the domain: it moves values by the slope, slopes by the bend.
    close(probed.value, f[2]!, 1e-4 + 3e-4 * slope);
    close(probed.dx, first(0), 0.01 + 0.01 * slope + 4e-4 * bend);
    close(probed.dy, first(5), 0.01 + 0.01 * slope + 4e-4 * bend);
    close(probed.laplacian, second(0) + second(5), 1 + 0.05 * bend);
    expect(slope).toBeGreaterThan(0.05);
  });

  it('has a probe that is moved by Shift and the arrow keys, a pixel at a time', async () => {
    const pixel = () => app.page.locator('[data-probe=pixel]').textContent();
    await pane(1).getByRole('img').first().focus();
    await app.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(pixel).toBe('33.00, 32.00');
    await app.page.keyboard.press('Shift+ArrowUp');
    await expect.poll(pixel).toBe('33.00, 31.00');
  });

  it('lets two pictures be parted by a slider that the keyboard and the mouse move, laid over each other, and swapped', async () => {
    await radio('Split');
    const slider = app.page.getByRole('slider', { name: 'Border between the two pictures' });
    await slider.focus();
    const half = await look('Comparison');
    for (let i = 0; i < 5; i++) await app.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('100');
    const first = await changed('Comparison', half);
    await app.page.keyboard.press('Home');
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('0');
    const second = await changed('Comparison', first);
    const box = (await slider.boundingBox())!;
    await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await app.page.mouse.down();
    await app.page.mouse.move(box.x + 300, box.y + 100, { steps: 4 });
    await app.page.mouse.up();
    expect(Number(await slider.getAttribute('aria-valuenow'))).toBeGreaterThan(15);
    await changed('Comparison', second);
    await shot('inspect-split');

    await radio('Onion');
    const opacity = app.page.getByRole('slider', { name: 'Second picture' });
    await opacity.fill('0');
    await expect.poll(() => look('Comparison')).toBe(first);
    await opacity.fill('1');
    await expect.poll(() => look('Comparison')).toBe(second);

    // The page asks for less motion, so nothing blinks by itself.
    await radio('Blink');
    await expect.poll(() => look('Comparison')).toBe(first);
    await app.page.getByText('Your system asks for less motion').waitFor();
    await action('inspect-swap').click();
    await expect.poll(() => look('Comparison')).toBe(second);
    expect(await app.accessibilityViolations()).toEqual([]);
    expect(app.complaints).toEqual([]);
  });

  it('reads a histogram, and a profile along a drawn line', async () => {
    await app.page.getByRole('img', { name: 'Histogram of Pane 1' }).waitFor();
    await action('inspect-draw').click();
    const box = (await pane(1).getByRole('img').first().boundingBox())!;
    await app.page.mouse.move(box.x + 0.3 * box.width, box.y + 0.4 * box.height);
    await app.page.mouse.down();
    await app.page.mouse.move(box.x + 0.7 * box.width, box.y + 0.6 * box.height, { steps: 5 });
    await app.page.mouse.up();
    await app.page.getByRole('img', { name: 'Values of 4 panes along the line' }).waitFor();
    const fromX = app.page.getByLabel('From x', { exact: true });
    const before = await app.page.getByLabel('To x', { exact: true }).inputValue();
    expect(Number(before)).toBeGreaterThan(Number(await fromX.inputValue()));
    await fromX.fill('0');
    await fromX.blur();
    await expect.poll(() => fromX.inputValue()).toBe('0');
    await shot('inspect-profile');
    expect(app.complaints).toEqual([]);
  });

  it('compares the runs of the session, and copies one as JSON', async () => {
    await radio('Reconstruct');
    await app.button('train').click();
    await app.page.locator('footer [data-action=runs]').click();
    await expect.poll(() => app.page.locator('li[data-state=finished]').count()).toBe(2);
    await app.page.keyboard.press('Escape');
    await app.metric('residual').waitFor();
    await radio('Inspect');
    await radio('Runs');
    await app.page.getByRole('img', { name: 'Loss of 2 runs' }).waitFor();
    await app.page.getByLabel('Curve', { exact: true }).selectOption('exactPsnr');
    await app.page.getByRole('img', { name: /^PSNR, exact of [12] runs/ }).waitFor();
    await app.page.getByLabel('Curve', { exact: true }).selectOption('learningRate');
    await app.page.getByLabel(/^Show 1 · astronaut/).uncheck();
    await app.page.getByRole('img', { name: 'Rate of 1 runs' }).waitFor();
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await action('inspect-copy-run').click();
    await app.page.getByText('Copied').waitFor();
    const run = JSON.parse(await app.page.evaluate<string>('navigator.clipboard.readText()')) as {
      request: unknown;
      machine: string;
      curve: { learningRate: number }[];
    };
    expect(run).toMatchObject({ request: { kind: 'reconstruct', from: 'gradient' }, state: 'finished' });
    expect(run.curve.length).toBeGreaterThan(1);
    expect(run.machine).not.toBe('');
    await shot('inspect-runs');
    expect(await app.accessibilityViolations()).toEqual([]);
  });

  it('saves a pane as it is seen, and the network at twice its size', async () => {
    await pane(3).getByRole('img').first().hover();
    const difference = await app.exportPicture();
    expect(difference.name).toBe('astronaut-seamfield-network-minus-exact-value.png');
    expect(await sharp(difference.bytes).metadata()).toMatchObject({ width: 64, height: 64, channels: 3 });
    await pane(1).getByRole('img').first().hover();
    const network = await app.exportPicture({ Format: 'TIFF', 'Bit depth': '16 bit', Scale: '× 2' });
    expect(await sharp(network.bytes).metadata()).toMatchObject({ width: 128, height: 128, depth: 'ushort' });
    // Any other pane, and in any format, without leaving the dialog for it.
    const residual = await app.exportPicture({
      Picture: 'Pane 4: Residual, gradient magnitude',
      Format: 'AVIF',
      'Bit depth': '10 bit',
      Scale: '× 1',
    });
    expect(residual.name).toBe('astronaut-seamfield-residual-magnitude.avif');
    expect(await sharp(residual.bytes).metadata()).toMatchObject({ width: 64, bitsPerSample: 10 });
    // One under way says so, and is cancelled from where it was begun; its process is held, so that it can't be done.
    const workers = await app.workers();
    workers.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    await app.page.keyboard.press('Control+e');
    const dialog = app.page.getByRole('dialog', { name: 'Export picture' });
    expect(await app.accessibilityViolations()).toEqual([]);
    await shot('export-dialog');
    await app.page.keyboard.press('Enter');
    await dialog.getByRole('progressbar').waitFor();
    await shot('export-running');
    await app.page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Save', exact: true }).waitFor();
    workers.forEach((pid) => process.kill(pid, 'SIGCONT'));
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await pane(1).getByRole('img').first().hover();
    // The same by the clipboard, from here and from Reconstruct.
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = async (said: string) => {
      await app.page.keyboard.press('Control+c');
      await app.page.getByText(said, { exact: true }).waitFor();
      const bytes = await app.page.evaluate<number[]>(`navigator.clipboard.read().then(async ([item]) =>
        [...new Uint8Array(await (await item.getType('image/png')).arrayBuffer())])`);
      return sharp(Buffer.from(bytes)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    };
    const fromPane = await copied('Copied the pane’s picture');
    expect(fromPane.info).toMatchObject({ width: 64, height: 64 });
    await radio('Reconstruct');
    expect((await copied('Copied the network’s picture')).data.equals(fromPane.data)).toBe(true);
  });
});

describe('a clone in the inspector', () => {
  it('shows the mismatch along its seam, coloured on the pictures and as a number', async () => {
    app = await AppUnderTest.open('dark');
    await radio('Clone');
    await app.page.locator('[data-action^=compose-]').first().click();
    await app.button('train').waitFor();
    await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
    await app.page.getByLabel('Seconds').fill('2');
    await app.page.getByLabel('Seconds').blur();
    await app.button('train').click();
    await app.metric('residual').waitFor();
    await radio('Inspect');
    await pane(4)
      .getByRole('img', { name: /^Colours from/ })
      .waitFor();
    await expect
      .poll(async () => Number(await app.page.locator('[data-seam=rms]').textContent()))
      .toBeGreaterThan(0.01);
    const rms = Number(await app.page.locator('[data-seam=rms]').textContent());
    const spread = Number(await app.page.locator('[data-seam=spread]').textContent());
    expect(spread).toBeLessThanOrEqual(rms);
    const marks = () => app.layers('Pane 2', ['marks']);
    const outlined = await marks();
    await choose(2, 'What', 'Naive paste');
    await shot('inspect-clone-dark');
    await action('inspect-seam').click();
    await expect.poll(marks).not.toBe(outlined);
    expect(await app.accessibilityViolations()).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});
