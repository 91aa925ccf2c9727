import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;

const zoom = () => app.page.getByRole('button', { name: /%\. Zoom to 100/ }).textContent();

/** Everything on the page that has more in it than it shows and would put a scrollbar. */
const scrolling = () =>
  app.page.evaluate<string[]>(`[...document.querySelectorAll('*')].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const scrolls = (overflow, inside, outside) => /auto|scroll/.test(overflow) && inside > outside;
    return scrolls(overflowY, element.scrollHeight, element.clientHeight) ||
      scrolls(overflowX, element.scrollWidth, element.clientWidth);
  }).map((element) => element.className)`);

describe.each(['light', 'dark'] as const)('the page in %s', (scheme) => {
  it('breaks no rule of accessibility and needs no scrollbar, from the start page to the palette', async () => {
    app = await AppUnderTest.open(scheme);
    const broken: string[] = [];
    const look = async (at: string) => {
      for (const rule of await app.accessibilityViolations()) broken.push(`${at}: ${rule}`);
      for (const element of await scrolling()) broken.push(`${at}: scrollbar in ${element}`);
    };
    await look('start');
    await app.sample('Coffee').click();
    await app.button('train').waitFor();
    await look('workspace');
    const border = app.page.getByRole('separator', { name: 'Resize the side panel' });
    const width = async () => Number(await border.getAttribute('aria-valuenow'));
    const [before, at] = [await width(), (await border.boundingBox())!];
    await app.page.mouse.move(at.x, 400);
    await app.page.mouse.down();
    await app.page.mouse.move(at.x - 40, 400);
    await app.page.mouse.up();
    await border.press('ArrowRight');
    await expect.poll(width).toBe(before + 30);
    await app.page.keyboard.press('?');
    await app.page.getByRole('dialog').waitFor();
    await look('shortcut sheet');
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
    await app.page.keyboard.press('?');
    await app.page.getByRole('dialog').getByText('Close a polygon').waitFor();
    await look('shortcut sheet of Clone');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+k');
    await app.page.getByPlaceholder('Search commands…').waitFor();
    for (const rule of await app.accessibilityViolations()) broken.push(`palette: ${rule}`);
    expect(broken).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});

describe('the focus', () => {
  it('goes on to the workspace that takes the start page’s place, in Reconstruct and in Clone', async () => {
    app = await AppUnderTest.open();
    const focus = () =>
      app.page.evaluate<string>(`document.activeElement.closest('main') === document.activeElement
        ? 'main'
        : document.activeElement.closest('main') !== null ? 'inside' : document.activeElement.localName`);
    await app.sample('Coffee').press('Enter');
    await expect.poll(focus).toBe('main');
    await app.page.keyboard.press('Tab');
    expect(await focus()).toBe('inside');
    const clone = app.page.getByRole('radio', { name: 'Clone', exact: true });
    await clone.check();
    // What keeps the focus is left alone.
    expect(await focus()).not.toBe('main');
    await app.page.getByRole('button', { name: 'A face in the espresso' }).press('Enter');
    await expect.poll(focus).toBe('main');
  });
});

describe('a window of 800 × 600', () => {
  /** Controls that the window, or what they lie in, cuts off at a side. */
  const cutOff = () =>
    app.page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button, input, select, h1')].filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      if (width === 0 || control.matches('h1') && getComputedStyle(control).clipPath !== 'none') return false;
      for (let around = control.parentElement; around !== null; around = around.parentElement) {
        const box = around.getBoundingClientRect();
        const hides = around === document.body || getComputedStyle(around).overflowX === 'hidden';
        if (hides && (right > box.right + 1 || left < box.left - 1)) return true;
      }
      return false;
    }).map((control) => control.ariaLabel ?? control.dataset.action ?? control.textContent)`);

  it('cuts nothing off, in any workspace and with any tool, and has a menu of what the toolbar has no room for', async () => {
    app = await AppUnderTest.open();
    await app.page.setViewportSize({ width: 800, height: 600 });
    const cut: string[] = [];
    const look = async (at: string) => {
      for (const control of await cutOff()) cut.push(`${at}: ${control}`);
      for (const rule of await app.accessibilityViolations()) cut.push(`${at}: ${rule}`);
    };
    const go = (workspace: string) =>
      app.page.getByRole('radio', { name: workspace, exact: true }).check({ force: true });
    await look('start');
    await app.train('Astronaut', 1);
    await app.metric('residual').waitFor();
    await look('reconstruct');
    await go('Inspect');
    await app.page.getByRole('radio', { name: '4', exact: true }).check({ force: true });
    await look('inspect');
    await go('Learn');
    await look('learn');
    await go('Clone');
    await look('start of clone');
    await app.page.getByRole('button', { name: 'A face in the espresso' }).click();
    await app.button('train').waitFor();
    for (const key of ['v', 'b', 'w', 'p']) {
      await app.page.keyboard.press(key);
      await look(`clone, ${key}`);
    }
    expect(cut).toEqual([]);

    const zoomed = await zoom();
    const more = app.page.getByRole('button', { name: 'More', exact: true });
    await more.focus();
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('menuitem', { name: 'Zoom in' }).waitFor();
    await app.shot('narrow-menu');
    await app.page.keyboard.press('Enter');
    await expect.poll(zoom).not.toBe(zoomed);
    await more.click();
    await app.page.getByRole('menuitem', { name: 'Settings…' }).click();
    await app.page.getByRole('dialog', { name: 'Settings' }).waitFor();
    expect(app.complaints).toEqual([]);
  });
});

describe('the pictures', () => {
  it('zoom together at the pointer, and fit again', async () => {
    app = await AppUnderTest.open();
    await app.train('Astronaut', 1);
    await app.metric('residual').waitFor();
    const fitted = await zoom();
    const before = await app.picture('Reconstruction');
    await app.pane('Photograph').getByRole('img').hover();
    await app.page.mouse.wheel(0, -400);
    await expect.poll(zoom).not.toBe(fitted);
    await expect.poll(() => app.picture('Reconstruction')).not.toBe(before);
    await app.page.keyboard.press('Control+0');
    await expect.poll(zoom).toBe(fitted);
    await expect.poll(() => app.picture('Reconstruction')).toBe(before);
  });

  it('tell the values of both under the pointer', async () => {
    app = await AppUnderTest.open();
    await app.train('Moon', 1);
    await app.metric('residual').waitFor();
    await app.pane('Reconstruction').getByRole('img').hover();
    const readings = app.page.locator('.probe output');
    await expect.poll(() => readings.count()).toBe(2);
    for (const i of [0, 1]) {
      await expect.poll(async () => (await readings.nth(i).textContent())?.trim()).toMatch(/^−?\d\.\d{3}$/);
    }
  });
});

describe('the palette', () => {
  it('finds an action by its name and runs it', async () => {
    app = await AppUnderTest.open();
    await app.sample('Rocket').click();
    await app.button('train').waitFor();
    await app.runCommand('laplacian');
    await expect.poll(() => app.page.getByRole('radio', { name: 'Δ' }).isChecked()).toBe(true);
  });
});

describe('a file of one’s own', () => {
  it('is opened by the file chooser', async () => {
    app = await AppUnderTest.open();
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: 'Open photograph…' }).last().click();
    await (await chooser).setFiles('assets/samples/rocket.jpg');
    await app.page.getByRole('heading', { level: 1, name: 'rocket.jpg' }).waitFor();
    expect(await app.button('train').isEnabled()).toBe(true);
    // From then on it is a click away, until the list is cleared.
    await app.page.locator('[data-action=samples]').first().click();
    const recent = app.page.getByRole('region', { name: 'Recent' });
    await recent.getByRole('button', { name: 'rocket.jpg' }).locator('img').waitFor();
    await app.shot('start-recent');
    expect(await scrolling()).toEqual([]);
    expect(await app.accessibilityViolations()).toEqual([]);
    await app.restart();
    await recent.getByRole('button', { name: 'rocket.jpg' }).click();
    await app.page.getByRole('heading', { level: 1, name: 'rocket.jpg' }).waitFor();
    await app.runCommand('Clear recent files');
    await app.page.locator('[data-action=samples]').first().click();
    await app.sample('Astronaut').waitFor();
    await recent.waitFor({ state: 'detached' });
  });

  it('of a single pixel is trained and seen like any other', async () => {
    app = await AppUnderTest.open();
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: 'Open photograph…' }).last().click();
    const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#804020' } });
    await (
      await chooser
    ).setFiles({ name: 'dot.png', mimeType: 'image/png', buffer: await dot.png().toBuffer() });
    await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
    await app.page.getByLabel('Seconds').fill('1');
    await app.page.getByLabel('Seconds').blur();
    await app.button('train').click();
    // Its only value is the constant that derivatives leave free.
    await expect.poll(() => app.metric('exactPsnr').innerText()).toContain('∞ dB');
    await app.pane('Photograph').getByRole('img').hover();
    await expect.poll(() => app.page.locator('.probe output').count()).toBe(2);
    expect(await app.page.locator('[data-sonner-toast]').allInnerTexts()).toEqual([]);
    expect(app.complaints).toEqual([]);
  });

  it('that is no photograph is refused with a sentence that names it, and changes nothing', async () => {
    app = await AppUnderTest.open();
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: 'Open photograph…' }).last().click();
    await (
      await chooser
    ).setFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no image') });
    await app.page.getByText('notes.png').waitFor();
    // Nor is a network, which the page knows by its name and need not send.
    const drop = `const carried = new DataTransfer();
      carried.items.add(new File(['onnx'], 'net.onnx'));
      dispatchEvent(new DragEvent('drop', { dataTransfer: carried }));`;
    await app.page.evaluate(drop);
    await app.page.getByText('net.onnx is a network').waitFor();
    expect(await app.sample('Astronaut').isVisible()).toBe(true);
  });
});
