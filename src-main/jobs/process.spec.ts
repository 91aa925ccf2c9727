import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ExitStatus } from './port.ts';
import { JobProcess, patience } from './process.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** A process under the test's control. */
class FakeChild {
  readonly sent: ToWorker[] = [];
  isKilled = false;
  tell: (message: FromWorker) => void = () => undefined;
  exit: (status: ExitStatus) => void = () => undefined;

  readonly launch = () => ({
    send: (message: ToWorker) => void this.sent.push(message),
    onMessage: (handler: (message: FromWorker) => void) => void (this.tell = handler),
    onExit: (handler: (status: ExitStatus) => void) => void (this.exit = handler),
    kill: () => {
      this.isKilled = true;
      this.exit({ code: null, signal: 'SIGKILL' });
    },
  });
}

const question = { kind: 'view', of: 'network', view: 'value' } as const;
const raw = { width: 1, height: 1, channels: 1, data: Float32Array.of(0.5) } as const;

function started() {
  const child = new FakeChild();
  const failed = vi.fn<(error: SeamfieldError) => void>();
  const finished = vi.fn();
  const job = new JobProcess(child.launch, { failed, finished });
  return { child, job, failed, finished };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a job process', () => {
  it('that dies by itself is reported as such, once, and so are the questions it leaves open', async () => {
    const { child, job, failed } = started();
    const open = expect(job.ask(question)).rejects.toMatchObject({ code: 'job-died' });
    child.exit({ code: null, signal: 'SIGSEGV' });
    await open;
    expect(failed).toHaveBeenCalledOnce();
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: 'job-died', details: { signal: 'SIGSEGV' } });
    await expect(job.ask(question)).rejects.toMatchObject({ code: 'job-died' });
  });

  it('that could not be started is no crash', async () => {
    const { child, job } = started();
    const open = expect(job.ask(question)).rejects.toThrow('could not be started');
    child.exit({ code: null, signal: null });
    await open;
  });

  it('that dies after it has finished has not failed, but answers nothing any more', async () => {
    const { child, job, failed, finished } = started();
    child.tell({ type: 'finished', metrics: { steps: 1 } });
    child.exit({ code: 1, signal: null });
    expect(finished).toHaveBeenCalledOnce();
    expect(failed).not.toHaveBeenCalled();
    await expect(job.ask(question)).rejects.toMatchObject({ code: 'job-died' });
  });

  it('drops a question that nobody waits for any more, and tells of the work on the others', async () => {
    const { child, job } = started();
    const [own, work] = [new AbortController(), vi.fn()];
    const dropped = expect(job.ask(question, { signal: own.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const answered = job.ask(question, { signal: own.signal, work });
    child.tell({ type: 'work', id: 2, stage: 'computing', share: 0.5 });
    child.tell({ type: 'answer', id: 2, envelope: { ok: true, result: raw } });
    expect(await answered).toEqual(raw);
    own.abort();
    await dropped;
    // It comes too late, and is nobody's.
    child.tell({ type: 'answer', id: 1, envelope: { ok: true, result: raw } });
    expect(work).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ stage: 'computing', share: 0.5 }));
    expect(child.sent.filter(({ type }) => type === 'drop')).toEqual([{ type: 'drop', id: 1 }]);
    await expect(job.ask(question, { signal: own.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(child.sent.filter(({ type }) => type === 'ask')).toHaveLength(2);
  });

  it('that is cancelled is asked to end, and left alive while it may still do so', async () => {
    const { child, job, failed } = started();
    const over = job.cancel();
    expect(child.sent).toEqual([{ type: 'cancel' }]);
    await vi.advanceTimersByTimeAsync(patience - 1);
    expect(child.isKilled).toBe(false);
    child.exit({ code: 0, signal: null });
    await over;
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: 'cancelled' });
  });

  it('that does not hear a cancel is killed within a quarter of a second, and counts as cancelled', async () => {
    const { child, job, failed } = started();
    const over = job.cancel();
    await vi.advanceTimersByTimeAsync(250);
    await over;
    expect(child.isKilled).toBe(true);
    expect(failed.mock.calls.map(([error]) => error.code)).toEqual(['cancelled']);
  });

  it('tells nothing more of a training once it is cancelled', async () => {
    const { child, job, finished } = started();
    const over = job.cancel();
    child.tell({ type: 'finished', metrics: {} });
    child.exit({ code: 0, signal: null });
    await over;
    expect(finished).not.toHaveBeenCalled();
  });

  it('answers each question with its own answer, in whatever order they come', async () => {
    const { child, job } = started();
    const first = job.ask(question);
    const second = job.ask({ kind: 'model' });
    const [askFirst, askSecond] = child.sent.filter((message) => message.type === 'ask');
    const bytes = Uint8Array.of(7);
    child.tell({ type: 'answer', id: askSecond!.id, envelope: { ok: true, result: { bytes } } });
    child.tell({ type: 'answer', id: askFirst!.id, envelope: { ok: true, result: raw } });
    expect(await first).toEqual(raw);
    expect(await second).toEqual({ bytes });
  });

  it('that has outgrown its memory is ended, with a sentence for its work and for every question', async () => {
    const { child, job, failed } = started();
    const open = expect(job.ask(question)).rejects.toMatchObject({ code: 'out-of-memory' });
    child.tell({ type: 'outgrown', bytes: 3 * 2 ** 30 });
    await open;
    expect(child.isKilled).toBe(true);
    expect(failed).toHaveBeenCalledOnce();
    expect(failed.mock.calls[0]?.[0].message).toMatch(/3 GiB.*smaller/);
  });

  it('hands on what the process threw', async () => {
    const { child, job } = started();
    const asked = job.ask(question);
    const error = new SeamfieldError('not-allowed', 'Not yet.').toEnvelope();
    child.tell({ type: 'answer', id: 1, envelope: { ok: false, error } });
    await expect(asked).rejects.toThrow('Not yet.');
  });

  it('that is asked and gives no sign of life for minutes is ended, and the question answered with that', async () => {
    const { child, job } = started();
    const asked = job.ask(question);
    asked.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(179_000);
    child.tell({ type: 'beat', count: 1 });
    await vi.advanceTimersByTimeAsync(179_000);
    expect(child.isKilled).toBe(false);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(child.isKilled).toBe(true);
    await expect(asked).rejects.toMatchObject({ code: 'job-died', details: { silent: true } });
  });

  it('is found out though each question is dropped for the next, and is left in peace once nothing is asked', async () => {
    const silent = started();
    for (let i = 0; i < 900 && !silent.child.isKilled; i++) {
      const own = new AbortController();
      silent.job.ask(question, { signal: own.signal }).catch(() => undefined);
      await vi.advanceTimersByTimeAsync(300);
      own.abort();
    }
    expect(silent.child.isKilled).toBe(true);

    const idle = started();
    const asked = idle.job.ask(question);
    idle.child.tell({ type: 'answer', id: 1, envelope: { ok: true, result: raw } });
    await asked;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(idle.child.isKilled).toBe(false);
  });

  it('that trains is never ended for its silence, whatever it is asked', async () => {
    const child = new FakeChild();
    const silent = vi.fn();
    const job = new JobProcess(child.launch, { silent });
    job.begin({ kind: 'open', model: { path: 'a', name: 'a' } });
    job.ask(question).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(silent.mock.calls).toEqual([[true]]);
    expect(child.isKilled).toBe(false);
    child.tell({ type: 'finished', metrics: {} });
    await vi.advanceTimersByTimeAsync(180_000);
    expect(child.isKilled).toBe(true);
  });
});
