import { beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;
beforeEach(async () => {
  app = await AppUnderTest.open();
  await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
});

/** A sample composition: its live preview is asked for, and its mask sent to be trained with. */
const blend = async () => {
  await app.page.locator('[data-action=compose-espresso]').click();
  await app.page.locator('[data-shown=exact]').waitFor();
  await app.page.getByLabel('Time', { exact: true }).selectOption('custom');
  await app.page.getByLabel('Seconds').fill('1');
  await app.page.getByLabel('Seconds').blur();
  await app.button('train').click();
  await app.metric('residual').waitFor();
};
const workers = () => app.page.workers().map((worker) => /assets\/([a-z-]+)-worker/.exec(worker.url())?.[1]);

describe('what is done in workers', () => {
  it('is done there', async () => {
    await blend();
    expect(workers().sort()).toEqual(['exchange', 'mask-png']);
    expect(app.complaints).toEqual([]);
  });

  it('is done by the page where their scripts can’t be had', async () => {
    await app.page.route(/-worker-/, (route) => route.abort());
    await blend();
    expect(workers()).toEqual([]);
    expect(app.complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
  });
});
