import { beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;
beforeEach(async () => {
  app = await AppUnderTest.open();
  await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
});

const shot = (name: string) => app.shot(name);
const press = (keys: string) => app.page.keyboard.press(keys);
const compose = async (id: string) => {
  await app.page.locator(`[data-action=compose-${id}]`).click();
  await app.page.locator('[data-shown=exact]').waitFor();
};
const field = (name: string) => app.page.getByLabel(name, { exact: true });
const number = async (name: string) => Number(await field(name).inputValue());
const rows = () => app.page.locator('[data-layer] .name').allInnerTexts();

describe('a layer', () => {
  it('is turned and scaled by number, mirrored by key, and the history goes back to any of it', async () => {
    await compose('espresso');
    await field('Scale %').fill('80');
    await field('Scale %').blur();
    await field('Angle °').fill('-20');
    await field('Angle °').blur();
    await press('Shift+X');
    await expect.poll(() => number('Angle °')).toBe(20);
    await app.page.getByRole('radio', { name: 'History', exact: true }).check();
    const history = app.page.getByRole('list', { name: 'History' }).getByRole('button');
    await expect.poll(() => history.allInnerTexts()).toEqual(['Opened', 'Scale', 'Rotate', 'Flip']);
    await history.nth(1).click();
    await expect.poll(() => number('Angle °')).toBe(0);
    expect(await number('Scale %')).toBe(80);
    await shot('layers-history');
    expect(await app.accessibilityViolations()).toEqual([]);
    await history.nth(0).click();
    await expect.poll(() => number('Scale %')).toBe(100);
    expect(await number('X')).toBe(60);
    expect(app.complaints).toEqual([]);
  });

  it('is duplicated, reordered by keyboard, renamed, hidden and deleted, all of it undone', async () => {
    await compose('espresso');
    await press('Control+j');
    await expect.poll(rows).toEqual(['Face 2', 'Face']);
    await app.page.getByRole('button', { name: 'Select Face 2' }).focus();
    await press('Alt+ArrowDown');
    await expect.poll(rows).toEqual(['Face', 'Face 2']);
    await press('F2');
    await app.page.locator('[data-layer] input:focus').waitFor();
    await app.page.keyboard.type('Twin');
    await press('Enter');
    await expect.poll(rows).toEqual(['Face', 'Twin']);
    await app.page.getByRole('button', { name: 'Show Twin' }).click();
    await press('Delete');
    await expect.poll(rows).toEqual(['Face']);
    for (let i = 0; i < 5; i++) await press('Control+z');
    await expect.poll(rows).toEqual(['Face']);
    await press('Control+Shift+Z');
    await expect.poll(rows).toEqual(['Face 2', 'Face']);
    expect(app.complaints).toEqual([]);
  });
});

describe('two layers', () => {
  it('are blended by one network', async () => {
    await compose('twins');
    await shot('layers-two');
    await field('Time').selectOption('custom');
    await field('Seconds').fill('1');
    await field('Seconds').blur();
    await app.button('train').click();
    await app.metric('exactPsnr').waitFor();
    await app.page.locator('[data-shown=network]').waitFor();
    await press('ArrowLeft');
    await app.page.locator('[data-result="out of date"]').waitFor();
    await shot('layers-stale');
    expect(app.complaints).toEqual([]);
  });
});

describe('a composition with edits', () => {
  it('is left once it was saved, from the keyboard alone, and stays for whoever thinks better of it', async () => {
    await compose('espresso');
    await press('ArrowLeft');
    const close = () => app.page.locator('[data-action=samples]').first().click();
    await close();
    await shot('layers-guard');
    await app.page.getByRole('button', { name: 'Stay' }).click();
    expect(await number('X')).toBe(59);
    await close();
    await app.page.getByRole('button', { name: 'Save…' }).and(app.page.locator(':focus')).waitFor();
    await press('Enter');
    await app.page.getByRole('dialog', { name: 'Save project' }).waitFor();
    await press('Escape');
    await app.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await number('X')).toBe(59);
    await close();
    await app.page.getByRole('button', { name: 'Save…' }).and(app.page.locator(':focus')).waitFor();
    await press('Enter');
    await app.page.getByRole('dialog', { name: 'Save project' }).getByLabel('Name').waitFor();
    await press('Enter');
    await app.page.locator('[data-action=compose-espresso]').waitFor();
    await app.page.getByRole('region', { name: 'Recent' }).getByRole('button', { name: 'coffee' }).waitFor();
  });
});
