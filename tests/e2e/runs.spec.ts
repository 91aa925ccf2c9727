import { beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;
beforeEach(async () => {
  app = await AppUnderTest.open();
});

const shoot = (name: string) => app.shot(name);
const heading = (text: string) => app.page.getByRole('heading', { name: text, exact: true });
const list = () => app.page.getByRole('dialog', { name: 'Trainings' });
const rows = (state: string) => list().locator(`li[data-state=${state}]`);
const openList = () => app.page.locator('footer [data-action=runs]').click();
const decibels = async () => Number.parseFloat((await app.metric('exactPsnr').textContent()) ?? '');

describe('several trainings', () => {
  it('wait in a queue that can be reordered and left, and train one after the other', async () => {
    await app.train('Astronaut', 600);
    await app.page.getByRole('timer').waitFor();
    await app.page.getByLabel('Seconds').fill('1');
    await app.page.getByLabel('Seconds').blur();
    for (let i = 0; i < 3; i++) await app.button('queue-run').click();
    await openList();
    await expect.poll(() => rows('queued').count()).toBe(3);
    expect(await rows('training').count()).toBe(1);
    await expect
      .poll(() => rows('queued').nth(0).textContent())
      .toMatch(/Next in the queue · begins in about/);
    const second = await rows('queued').nth(1).getAttribute('data-job');
    await rows('queued')
      .nth(1)
      .getByRole('button', { name: /^Move .* up/ })
      .click();
    await expect.poll(() => rows('queued').nth(0).getAttribute('data-job')).toBe(second);
    await shoot('runs-queue');
    expect(await app.accessibilityViolations()).toEqual([]);

    await rows('queued')
      .nth(1)
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await expect.poll(() => rows('cancelled').count()).toBe(1);
    await rows('training')
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await expect.poll(() => rows('finished').count()).toBe(2);
    await rows('finished').first().getByRole('button', { name: /^Show/ }).click();
    await app.metric('residual').waitFor();
    expect(app.complaints).toEqual([]);
  });
});

describe('a finished training', () => {
  it('is trained further and ends no worse', async () => {
    await app.train('Camera', 2);
    await app.button('train-further').waitFor();
    const before = await decibels();
    // Said of what is finished alone.
    const took = () => app.page.getByText(/\d steps$/).textContent();
    const first = await took();
    await app.button('train-further').click();
    await expect.poll(took).not.toBe(first);
    await app.button('train-further').waitFor();
    expect(await decibels()).toBeGreaterThanOrEqual(before);
    await shoot('runs-further');
    expect(app.complaints).toEqual([]);
  });
});

describe('a training whose process is killed', () => {
  it('says so, shows and saves its best network, and goes on', async () => {
    await app.train('Moon', 600);
    await app.page.getByRole('timer').waitFor();
    // A pause is kept at once.
    await app.button('pause').click();
    await heading('Paused').waitFor();
    await expect.poll(() => app.keptTrainings()).toBe(1);
    await app.button('pause').click();
    await heading('Training').waitFor();
    // Whichever of them it is that trains.
    for (const pid of await app.workers()) process.kill(pid, 'SIGKILL');
    await heading('Failed').waitFor();
    await app.page.getByRole('alert').filter({ hasText: 'Its best network is kept' }).waitFor();
    await app.metric('residual').waitFor();
    await shoot('runs-failed');
    expect(await app.page.getByRole('button', { name: 'Export' }).isEnabled()).toBe(true);
    await app.button('resume-run').click();
    await heading('Training').waitFor();
    await app.button('stop').click();
    await heading('Finished').waitFor();
  });

  it('together with its host is offered again by the next host', async () => {
    await app.train('Brick', 600);
    await app.page.getByRole('timer').waitFor();
    await app.button('pause').click();
    await heading('Paused').waitFor();
    await expect.poll(() => app.keptTrainings()).toBe(1);
    await app.killHost();
    const next = await app.reopen();
    await next.page.getByText('A training from before can be continued').waitFor();
    // The photograph is offered back too, and first.
    await next.page.locator('[data-question=left]').getByRole('button', { name: 'Restore' }).click();
    await next.page.getByRole('heading', { level: 1, name: /brick/i }).waitFor();
    await next.page.locator('footer [data-action=runs]').click();
    const left = next.page.locator('[data-recoverable]');
    expect(await left.textContent()).toMatch(/brick.*% done/);
    await next.shot('runs-recovered');
    await left.getByRole('button', { name: 'Continue' }).click();
    await next.page.getByRole('timer').waitFor();
    expect(await next.page.getByRole('heading', { level: 1 }).textContent()).toMatch(/brick/i);
  });
});
