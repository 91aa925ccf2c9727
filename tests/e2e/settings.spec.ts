import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;

const dialog = (name: string) => app.page.getByRole('dialog', { name });

async function openSettings(): Promise<void> {
  await app.page.keyboard.press('Control+,');
  await dialog('Settings').waitFor();
}

describe.each(['light', 'dark'] as const)('settings and about box in %s', (scheme) => {
  it('break no rule of accessibility', async () => {
    app = await AppUnderTest.open(scheme);
    await openSettings();
    expect(await app.accessibilityViolations()).toEqual([]);
    await app.shot(`settings-${scheme}`);
    await app.page.keyboard.press('Escape');
    await app.runCommand('About Seamfield');
    await dialog('About Seamfield').getByText('svelte 5').waitFor();
    expect(await app.accessibilityViolations()).toEqual([]);
    await app.shot(`about-${scheme}`);
    expect(app.complaints).toEqual([]);
  });
});

const zoomOfApp = () => app.page.evaluate<number>("document.querySelector('.app').currentCSSZoom");

describe('a larger interface', () => {
  it('leaves the pictures at the screen’s own pixels, the pointer on the one under it, and menus at their buttons', async () => {
    app = await AppUnderTest.open('dark');
    await app.page.setViewportSize({ width: 1600, height: 1200 });
    await app.train('Moon', 1);
    await app.metric('residual').waitFor();
    for (const press of [1, 2, 3, 4]) {
      await app.page.keyboard.press('Control+Alt+Equal');
      await expect.poll(zoomOfApp).toBe(1 + press / 4);
    }
    const picture = app.pane('Photograph').getByRole('img');
    await app.page.keyboard.press('Control+1');
    const box = (await picture.boundingBox())!;
    expect(
      await picture
        .locator('canvas')
        .first()
        .evaluate((canvas) => {
          const { width, height } = canvas as unknown as { width: number; height: number };
          return { width, height };
        }),
    ).toEqual({ width: Math.round(box.width), height: Math.round(box.height) });
    // At 100 % a pixel of the picture is one of the screen: ten further right is ten further right.
    const at = async (dx: number, dy: number) => {
      await app.page.mouse.move(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy);
      const text = await app.page.locator('.probe').innerText();
      const [x, y] = /(\d+), (\d+)/.exec(text)?.slice(1).map(Number) ?? [];
      return { x, y };
    };
    await expect.poll(() => at(0, 0)).toEqual({ x: 32, y: 32 });
    await expect.poll(() => at(10, -7)).toEqual({ x: 42, y: 25 });
    // The border of the side panel stays under the pointer.
    const border = app.page.getByRole('separator', { name: 'Resize the side panel' });
    const before = (await border.boundingBox())!;
    await app.page.mouse.move(before.x, 400);
    await app.page.mouse.down();
    await app.page.mouse.move(before.x - 60, 400);
    await app.page.mouse.up();
    const off = async () => Math.abs((await border.boundingBox())!.x - (before.x - 60));
    await expect.poll(off).toBeLessThan(3);

    const trigger = app.page.getByRole('button', { name: 'More', exact: true });
    await trigger.click();
    const menu = app.page.getByRole('menu');
    const button = (await trigger.boundingBox())!;
    // Placed once it is measured.
    const opened = async () => (await menu.boundingBox())!;
    await expect.poll(async () => Math.abs((await opened()).y - (button.y + button.height))).toBeLessThan(20);
    const { x, width } = await opened();
    expect(x + width).toBeLessThanOrEqual(1600);
    await app.shot('interface-200');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('?');
    const sheet = (await app.page.getByRole('dialog').boundingBox())!;
    expect([
      sheet.x >= 0,
      sheet.y >= 0,
      sheet.x + sheet.width <= 1600,
      sheet.y + sheet.height <= 1200,
    ]).toEqual([true, true, true, true]);
    await app.page.keyboard.press('Escape');
    expect(await app.accessibilityViolations()).toEqual([]);
    await app.page.keyboard.press('Control+Alt+Digit0');
    await expect.poll(zoomOfApp).toBe(1);
    expect(app.complaints).toEqual([]);
  });
});

describe('settings', () => {
  it('stay with the host: another browser finds them', async () => {
    app = await AppUnderTest.open();
    await openSettings();
    await dialog('Settings').getByRole('radio', { name: 'dark' }).check();
    await dialog('Settings').getByLabel('Interface').selectOption('125 %');
    await dialog('Settings').getByLabel('Time').selectOption('custom');
    await dialog('Settings').getByLabel('Seconds').fill('77');
    await dialog('Settings').getByLabel('Threads').fill('3');
    await dialog('Settings').getByLabel('Threads').blur();
    const stored = async () =>
      JSON.parse(await readFile(app.inData('settings.json'), 'utf8').catch(() => '{}')) as unknown;
    await expect.poll(stored).toMatchObject({
      version: 3,
      theme: 'dark',
      interfaceSize: 125,
      training: { budget: 'custom', seconds: 77, threads: 3 },
    });
    // A browser that has never been here: nothing of its own to remember by.
    await app.page.evaluate('localStorage.clear()');
    await app.page.reload();
    await app.sample('Astronaut').waitFor();
    const theme = () => app.page.evaluate<string>('document.documentElement.dataset.theme');
    await expect.poll(theme).toBe('dark');
    await expect.poll(zoomOfApp).toBe(1.25);
    await openSettings();
    expect(await dialog('Settings').getByLabel('Seconds').inputValue()).toBe('77');
    expect(await dialog('Settings').getByLabel('Threads').inputValue()).toBe('3');
    // Nothing was open, so there was nothing to come back to, and nothing went wrong about it.
    expect(await app.page.locator('[data-sonner-toast]').allInnerTexts()).toEqual([]);
  });

  it('copy a report that says what works', async () => {
    app = await AppUnderTest.open();
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openSettings();
    await dialog('Settings').getByRole('button', { name: 'Copy a report for an issue' }).click();
    await app.page.getByText('The report is on the clipboard').waitFor();
    const report = await app.page.evaluate<string>('navigator.clipboard.readText()');
    expect(report).toMatch(/^### Seamfield \d/);
    expect(report.match(/- ok: /g)).toHaveLength(3);
    await dialog('Settings').getByRole('button', { name: 'Show the log files' }).click();
    await app.page.getByText(/The log files are in .*logs/).waitFor();
    expect(await app.page.evaluate<string>('navigator.clipboard.readText()')).toBe(app.inData('logs'));
  });
});

describe('the about box', () => {
  it('shows each package with its licence', async () => {
    app = await AppUnderTest.open();
    await app.runCommand('About Seamfield');
    const about = dialog('About Seamfield');
    await about.getByText('sharp 0', { exact: false }).first().waitFor();
    await about.locator('summary', { hasText: 'valibot' }).click();
    await about.locator('details[open]').getByText('Permission is hereby granted').waitFor();
  });
});
