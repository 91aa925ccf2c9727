import { expect, it } from 'vitest';
import { newJob } from '../stores/job.ts';
import { Listeners } from '../transport/listeners.ts';
import { followed } from './followed.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 9 } } as const;

it('a job that is asked for has what was told of it until the answer came, and nothing of another or later', async () => {
  const listeners = new Listeners();
  const transport = { on: listeners.add.bind(listeners) };
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const following = followed(transport, () => asked.then(() => newJob('a', request)));
  listeners.tell('job:started', { jobId: 'a', width: 4, height: 3, parameters: 9 });
  listeners.tell('job:paused', { jobId: 'b' });
  answer();
  const job = await following;
  listeners.tell('job:paused', { jobId: 'a' });
  expect(job).toMatchObject({ state: 'training', area: { width: 4, height: 3 } });
});
