import { expect, it } from 'vitest';
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { AppUnderTest } from './app-under-test.ts';

let app: AppUnderTest;

/** What a tab behind another one is to its page: it says so, and draws no frame. A browser without a screen hides none. */
const hide = () =>
  app.page.evaluate(`{
    const held = [];
    const next = window.requestAnimationFrame;
    window.requestAnimationFrame = (draw) => -held.push(draw);
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    window.unhide = () => {
      window.requestAnimationFrame = next;
      delete document.visibilityState;
      held.forEach((draw) => next.call(window, draw));
      document.dispatchEvent(new Event('visibilitychange'));
    };
  }`);
const show = () => app.page.evaluate('window.unhide()');

/** Past what the page does by itself. */
const ask = <C extends Channel>(channel: C, payload: RequestOf<C>) =>
  app.page.evaluate<ResponseOf<C>>(
    `fetch('/rpc/${channel}', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify(payload))},
    }).then(async (answer) => (await answer.json()).result)`,
  );

/** The step that the host's latest preview is of. */
const made = async (jobId: string) => (await ask('jobs:get', { jobId })).preview?.step ?? 0;
/** Resolves once the page tells the host that it has drawn the preview of this step, or a later one. */
const drawn = (step: number) =>
  app.page.waitForRequest(
    (request) =>
      request.url().endsWith('/rpc/jobs:ack') && (request.postDataJSON() as { step: number }).step >= step,
  );
/** The picture, every figure, and the curve as it is drawn. */
const whole = async () => ({
  picture: await app.picture('Reconstruction'),
  figures: await app.page.locator('[data-metric]').allInnerTexts(),
  curve: await app.page
    .getByRole('img', { name: /^Loss curve of \d+ points/ })
    .locator('canvas')
    .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL()),
});

it('a page that was hidden shows the latest preview when it is seen again, and what a training came to meanwhile', async () => {
  app = await AppUnderTest.open();
  await app.train('Astronaut', 600);
  const pane = app.pane('Reconstruction');
  await pane.getByText(/^step \d/).waitFor();
  await pane.getByRole('img').waitFor();
  const { jobId } = (await ask('jobs:list', {}))[0]!;
  await expect.poll(() => made(jobId)).toBeGreaterThan(0);

  await hide();
  const hiddenAt = await made(jobId);
  await expect.poll(() => made(jobId)).toBeGreaterThan(hiddenAt);
  const laterAt = await made(jobId);
  await expect.poll(() => made(jobId)).toBeGreaterThan(laterAt);
  // From here on there is none that would bring the page up to date by itself.
  await ask('jobs:pause', { jobId });
  await app.page.getByRole('heading', { name: 'Paused', exact: true }).waitFor();
  const latest = await made(jobId);
  await Promise.all([drawn(latest), show()]);
  const seen = await app.picture('Reconstruction');
  await app.page.reload();
  await pane.getByText(/^step \d/).waitFor();
  await expect.poll(() => app.picture('Reconstruction')).toBe(seen);

  await hide();
  await ask('jobs:continue', { jobId });
  await ask('jobs:stop', { jobId });
  await expect.poll(async () => (await ask('jobs:get', { jobId })).state).toBe('finished');
  await show();
  await app.metric('residual').waitFor();
  const shown = await whole();
  expect(shown.picture).not.toBe(seen);
  await app.page.reload();
  await app.metric('residual').waitFor();
  await expect.poll(whole).toEqual(shown);
  expect(app.complaints).toEqual([]);
});
