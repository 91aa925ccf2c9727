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

describe('settings', () => {
  it('stay with the host: another browser finds them', async () => {
    app = await AppUnderTest.open();
    await openSettings();
    await dialog('Settings').getByRole('radio', { name: 'dark' }).check();
    await dialog('Settings').getByLabel('Time').selectOption('custom');
    await dialog('Settings').getByLabel('Seconds').fill('77');
    await dialog('Settings').getByLabel('Threads').fill('3');
    await dialog('Settings').getByLabel('Threads').blur();
    const stored = async () =>
      JSON.parse(await readFile(app.inData('settings.json'), 'utf8').catch(() => '{}')) as unknown;
    await expect
      .poll(stored)
      .toMatchObject({ version: 2, theme: 'dark', training: { budget: 'custom', seconds: 77, threads: 3 } });
    // A browser that has never been here: nothing of its own to remember by.
    await app.page.evaluate('localStorage.clear()');
    await app.page.reload();
    await app.sample('Astronaut').waitFor();
    const theme = () => app.page.evaluate<string>('document.documentElement.dataset.theme');
    await expect.poll(theme).toBe('dark');
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
