import { beforeEach, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;
beforeEach(async () => {
  app = await AppUnderTest.open();
});

const decibels = async (name: string) => Number.parseFloat((await app.metric(name).textContent()) ?? '');
const heading = (text: string) => app.page.getByRole('heading', { name: text, exact: true });

describe('a newcomer', () => {
  it('opens a sample, presses Train, and watches its gradients become the photograph', async () => {
    // As long as it takes to be recognisable: how long that is, is up to the machine.
    await app.train('Astronaut', 600);
    await heading('Training').waitFor();
    const bar = app.page.getByRole('progressbar');
    await app
      .pane('Reconstruction')
      .getByText(/^step \d/)
      .waitFor();
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100);

    await expect.poll(() => decibels('psnr')).toBeGreaterThan(20.5);
    await app.button('stop').click();
    await app.metric('residual').waitFor();
    expect(await decibels('psnr')).toBeGreaterThan(20);
    expect(await decibels('gradientPsnr')).toBeGreaterThan(10);
    expect(await app.page.getByRole('img', { name: /^Loss curve of \d+ points/ }).isVisible()).toBe(true);
    expect(app.complaints).toEqual([]);

    const pictures = new Set<string>();
    for (const view of ['1', '2', '3', '4', '5', '6']) {
      await app.page.keyboard.press(view);
      pictures.add(await app.picture('Reconstruction'));
    }
    expect(pictures.size).toBe(6);
  });

  it('saves the picture and the network', async () => {
    await app.train('Camera', 1);
    await app.metric('residual').waitFor();
    const png = await app.exportPicture();
    expect(png.name).toMatch(/^camera.*\.png$/);
    expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    await app.page.getByRole('button', { name: 'Export' }).click();
    const [onnx] = await Promise.all([
      app.page.waitForEvent('download'),
      app.page.getByRole('menuitem', { name: 'Network as ONNX' }).click(),
    ]);
    expect(onnx.suggestedFilename()).toMatch(/^camera.*\.onnx$/);
    expect((await readFile(await onnx.path())).includes('coords')).toBe(true);
  });
});

describe('a training', () => {
  it('takes the time that was chosen, pauses, continues, and keeps its network when it is stopped', async () => {
    await app.prepare('Moon', 600);
    await app.page.getByLabel('Time', { exact: true }).selectOption('fine');
    await app.button('train').click();
    // Two minutes, of which some may be gone by now; what was set before is ten.
    await app.page
      .getByRole('timer')
      .getByText(/^(2 min|1 min( \d\d s)?|\d+ s) left$/)
      .waitFor();
    await app.button('pause').click();
    await heading('Paused').waitFor();
    await app.button('pause').click();
    await heading('Training').waitFor();
    await app.button('stop').click();
    await app.metric('residual').waitFor();
    expect(await app.page.getByRole('button', { name: 'Export' }).isEnabled()).toBe(true);

    // What a double click on Stop has left to give is not meant for the button that took its place.
    await app.button('train-further').dispatchEvent('click', { detail: 2 });
    // Long enough for a training to begin, were it to.
    await app.page.waitForTimeout(300);
    expect(await app.button('stop').count()).toBe(0);
    await app.button('train-further').click();
    await app.button('stop').waitFor();
  });

  it('leaves nothing behind when it is cancelled', async () => {
    await app.train('Moon', 600);
    await app.page.getByRole('timer').waitFor();
    await app.button('cancel').click();
    await app.page.getByText('Nothing trained yet').waitFor();
    expect(await app.page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true);
    expect(app.complaints).toEqual([]);
  });

  it('is found again by a page that was reloaded', async () => {
    await app.train('Brick', 600);
    await app
      .pane('Reconstruction')
      .getByText(/^step \d/)
      .waitFor();
    await app.page.reload();
    await app
      .pane('Reconstruction')
      .getByText(/^step \d/)
      .waitFor();
    expect(await app.page.getByRole('heading', { level: 1 }).textContent()).toMatch(/brick/i);
    // What the next one is to be like is there again too.
    const chosen = ['Size', 'Time', 'Seconds'].map((name) => app.page.getByLabel(name, { exact: true }));
    expect(await Promise.all(chosen.map((field) => field.inputValue()))).toEqual(['64', 'custom', '600']);
    await app.button('cancel').click();
  });

  it('from Laplacians is shown beside its exact solution, which is named as such', async () => {
    await app.prepare('Camera', 1);
    await app.page.getByRole('radio', { name: 'Laplacian', exact: true }).check();
    await app.button('train').click();
    await app.metric('laplacianPsnr').waitFor();
    const reconstruction = await app.picture('Reconstruction');
    await app.page.keyboard.press('x');
    await expect.poll(() => app.picture('Exact solution')).not.toBe(reconstruction);
    await app.pane('Exact solution').getByText('not the network’s result').waitFor();
  });

  it('of two photographs fuses their gradients over the whole frame, and Inspect has each part of it', async () => {
    await app.prepare('Astronaut', 2);
    await app.page.getByLabel('Fuse with', { exact: true }).selectOption({ label: 'Coffee' });
    await app.page.getByRole('heading', { level: 1, name: 'astronaut.png + coffee.png' }).waitFor();
    await app.page.getByLabel('Share α of the first').fill('0.3');
    await app.page.getByText('both photographs’ gradients only').waitFor();
    // All of that is part of the work before anything was trained.
    await app.page.getByText('All changes kept').waitFor();
    await app.page.reload();
    await app.page.getByRole('heading', { level: 1, name: 'astronaut.png + coffee.png' }).waitFor();
    expect(await app.page.getByLabel('Share α of the first').inputValue()).toBe('0.3');
    expect(await app.accessibilityViolations()).toEqual([]);
    await app.button('train').click();
    await app.metric('residual').waitFor();
    await app.shot('fuse');
    await app.page.getByRole('radio', { name: 'Inspect', exact: true }).check();
    const what = app.pane('Pane 1').getByLabel('What pane 1 shows');
    const network = await app.picture('Pane 1');
    const seen = new Set([network]);
    for (const aspect of ['Photograph A', 'Photograph B', 'Plain blend of both', 'Guidance field']) {
      await what.selectOption({ label: aspect });
      seen.add(await app.picture('Pane 1'));
    }
    expect(seen.size).toBe(5);
    await what.selectOption({ label: 'Network' });
    await expect.poll(() => app.picture('Pane 1')).toBe(network);
    await app.shot('fuse-inspect');
    // Back to one photograph: what two had made is not shown beside it.
    await app.page.getByRole('radio', { name: 'Reconstruct', exact: true }).check();
    await app.page.getByLabel('Fuse with', { exact: true }).selectOption({ label: 'Nothing' });
    await app.page.getByText('Nothing trained yet').waitFor();
    expect(app.complaints).toEqual([]);
  });
});
