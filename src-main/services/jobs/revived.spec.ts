import { describe, expect, it, vi } from 'vitest';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { until } from '../../../tests/until.ts';
import type { ExitStatus } from '../../jobs/port.ts';
import { JobProcess } from '../../jobs/process.ts';
import type { FromWorker } from '../../jobs/protocol.ts';
import { Revived } from './revived.ts';

interface Child {
  tell(message: FromWorker): void;
  exit(status: ExitStatus): void;
}

function revived() {
  const children: Child[] = [];
  const onRead = vi.fn();
  const made = new Revived((events) => {
    const child: Child = { tell: () => undefined, exit: () => undefined };
    children.push(child);
    const process = new JobProcess(
      () => ({
        send: (message) => {
          if (message.type === 'cancel') child.exit({ code: 0, signal: null });
        },
        onMessage: (handler) => void (child.tell = handler),
        onExit: (handler) => void (child.exit = handler),
        kill: () => child.exit({ code: null, signal: 'SIGKILL' }),
      }),
      events,
    );
    process.begin({ kind: 'open', model: { path: 'a', name: 'a' } });
    return process;
  }, onRead);
  return { made, children, onRead };
}
const finished: FromWorker = { type: 'finished', metrics: { steps: 1 } };

describe('what was kept of a training', () => {
  it('is read once, whoever asks for it', async () => {
    const { made, children, onRead } = revived();
    const asked = [made.process(), made.process()];
    children[0]!.tell(finished);
    const [first, second] = await Promise.all(asked);
    expect(second).toBe(first);
    expect(await made.process()).toBe(first);
    expect([children.length, onRead.mock.calls.length]).toEqual([1, 1]);
  });

  it('is read again after its process has died, and after it could not be read', async () => {
    const { made, children } = revived();
    const refused = made.process();
    children[0]!.tell({ type: 'failed', error: new SeamfieldError('bad-checkpoint', 'Torn.').toEnvelope() });
    await expect(refused).rejects.toThrow('Torn.');
    const first = made.process();
    children[1]!.tell(finished);
    await first;
    children[1]!.exit({ code: null, signal: 'SIGKILL' });
    const again = made.process();
    await until(() => expect(children).toHaveLength(3));
    children[2]!.tell(finished);
    expect(await again).not.toBe(await first);
  });

  it('is let go with its process, and may be read anew', async () => {
    const { made, children } = revived();
    const asked = made.process();
    children[0]!.tell(finished);
    const first = await asked;
    await made.drop();
    expect(first.hasEnded).toBe(true);
    void made.process();
    expect(children).toHaveLength(2);
  });

  it('is read by another process where the first says nothing for minutes', async () => {
    vi.useFakeTimers();
    try {
      const { made, children } = revived();
      const refused = made.process();
      const told = expect(refused).rejects.toMatchObject({ code: 'job-died', details: { silent: true } });
      await vi.advanceTimersByTimeAsync(120_000);
      await told;
      const again = made.process();
      children[1]!.tell(finished);
      expect((await again).hasEnded).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
