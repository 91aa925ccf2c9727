import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../src-shared/contract/bridge.ts';
import { built } from './seamfield.ts';

type Listener = (event: unknown, message: unknown) => void;

const exposed: Record<string, unknown> = {};
let listeners: Listener[];
const invoke = vi.fn<(...args: unknown[]) => Promise<unknown>>();
const pathOf = vi.fn<(file: unknown) => string>();

/** All that a sandboxed preload can require. */
const electron = {
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => void (exposed[name] = value) },
  ipcRenderer: {
    invoke,
    on: (_channel: string, listener: Listener) => void listeners.push(listener),
    off: (_channel: string, listener: Listener) =>
      void (listeners = listeners.filter((each) => each !== listener)),
  },
  webUtils: { getPathForFile: pathOf },
};

function load(name: string): unknown {
  if (name === 'electron') return electron;
  throw new Error(`A sandboxed preload can't require ${name}.`);
}

let bridge: Bridge;
beforeEach(async () => {
  listeners = [];
  invoke.mockReset().mockResolvedValue({ ok: true, result: 1 });
  const script = await readFile(built('preload/preload.cjs'), 'utf8');
  runInNewContext(script, { require: load, module: { exports: {} }, exports: {}, console });
  bridge = exposed['seamfield'] as Bridge;
});

describe('the built preload', () => {
  it('puts one object of five functions into the page, and nothing beside it', () => {
    expect(Object.keys(exposed)).toEqual(['seamfield']);
    expect(Object.keys(bridge).sort()).toEqual(['importFile', 'importPart', 'importProject', 'invoke', 'on']);
  });

  it('passes on requests of known channels', async () => {
    await bridge.invoke('app:info', {});
    expect(invoke).toHaveBeenCalledExactlyOnceWith('seamfield:request', 'app:info', {});
  });

  it.each(['images:import-path', 'app:quit', '__proto__'])('does not pass on %s', async (channel) => {
    const answer = await bridge.invoke(channel as 'app:info', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-channel' } });
    expect(invoke).not.toHaveBeenCalled();
  });

  it('answers in an envelope where main is gone', async () => {
    invoke.mockRejectedValue(new Error('gone'));
    expect(await bridge.invoke('app:info', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('keeps the path of a dropped file to itself and main', async () => {
    pathOf.mockReturnValue('/files/a.png');
    await bridge.importFile({} as Parameters<Bridge['importFile']>[0]);
    expect(invoke).toHaveBeenCalledWith('seamfield:request', 'images:import-path', {
      path: '/files/a.png',
    });
  });

  it('keeps the path of a dropped project to itself and main, and knows one that lies on no disk', async () => {
    pathOf.mockReturnValue('/files/a.seamfield');
    await bridge.importProject({} as Parameters<Bridge['importProject']>[0]);
    const path = '/files/a.seamfield';
    expect(invoke).toHaveBeenCalledWith('seamfield:request', 'projects:import-path', { path });
    pathOf.mockReturnValue('');
    const nowhere = await bridge.importProject({} as Parameters<Bridge['importProject']>[0]);
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'not-a-file' } });
  });

  it('hands on the bytes of a file that lies on no disk', async () => {
    pathOf.mockReturnValue('');
    const made = { name: 'mask.png', arrayBuffer: () => Promise.resolve(Uint8Array.of(1, 2).buffer) };
    await bridge.importFile(made as Parameters<Bridge['importFile']>[0]);
    const [, channel, payload] = invoke.mock.calls[0] as [
      string,
      string,
      { name: string; bytes: Uint8Array },
    ];
    expect([channel, payload.name, [...payload.bytes]]).toEqual(['images:import-bytes', 'mask.png', [1, 2]]);
    const gone = await bridge.importFile({} as Parameters<Bridge['importFile']>[0]);
    expect(gone).toMatchObject({ ok: false, error: { code: 'not-a-file' } });
  });

  it('hands on the bytes of a part', async () => {
    const bytes = Uint8Array.of(1, 2);
    await bridge.importPart(bytes);
    expect(invoke).toHaveBeenCalledWith('seamfield:request', 'projects:import-part', { bytes });
  });

  it('hands a listener its own event’s payload until it is let go', () => {
    const heard = vi.fn();
    const end = bridge.on('job:paused', heard);
    const send = (message: unknown) =>
      listeners.forEach((listener) => listener({ sender: 'secret' }, message));
    send({ event: 'job:paused', payload: { jobId: 'a' } });
    send({ event: 'job:failed', payload: {} });
    expect(heard.mock.calls).toEqual([[{ jobId: 'a' }]]);
    end();
    expect(listeners).toEqual([]);
  });
});
