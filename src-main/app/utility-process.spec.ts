import { describe, expect, it, vi } from 'vitest';
import { utilityProcess } from '../../tests/fixtures/fake-electron.ts';
import { utilityLauncher } from './utility-process.ts';

vi.mock('electron', () => import('../../tests/fixtures/fake-electron.ts'));

function launched() {
  const port = utilityLauncher('/app/worker.js')();
  return { port, ...utilityProcess.forked.at(-1)! };
}

describe('a job process under Electron', () => {
  it('runs the worker’s file and passes messages both ways, without a transfer list', () => {
    const { port, path, child } = launched();
    const heard = vi.fn();
    port.onMessage(heard);
    port.send({ type: 'pause' });
    child.emit('message', { type: 'paused' });
    expect(path).toBe('/app/worker.js');
    expect(child.received).toEqual([[{ type: 'pause' }]]);
    expect(heard).toHaveBeenCalledWith({ type: 'paused' });
  });

  it('tells of its end, once', () => {
    const { port, child } = launched();
    const ended = vi.fn();
    port.onExit(ended);
    child.emit('exit', 9);
    child.emit('exit', 9);
    expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 9, signal: null });
  });

  it('is killed by the signal that can’t be ignored', () => {
    const { port, child } = launched();
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    child.pid = 4711;
    port.kill();
    expect(kill).toHaveBeenCalledExactlyOnceWith(4711, 'SIGKILL');
    expect(child.kills).toBe(0);
    kill.mockRestore();
  });
});
