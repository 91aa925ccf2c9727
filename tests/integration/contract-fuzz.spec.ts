/**
 * Every channel of the contract, asked at random: what its schema accepts is answered as its response schema says or
 * refused with an error of ours, what it refuses is `invalid-message`, and the host is there afterwards.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import type { Launch } from '../../src-main/jobs/port.ts';
import type { ToWorker } from '../../src-main/jobs/protocol.ts';
import { channels } from '../../src-shared/contract/channels.ts';
import type { Channel } from '../../src-shared/contract/channels.ts';
import { open } from '../../src-shared/contract/envelope.ts';
import { errorEnvelope } from '../../src-shared/contract/error-schemas.ts';
import { handle } from '../../src-shared/contract/primitives.ts';
import { invalid, valid } from '../fixtures/schema-arbitrary.ts';
import { inProcess, overLoopback } from './host-under-test.ts';
import type { HostUnderTest } from './host-under-test.ts';
import { built } from './seamfield.ts';

/** A training of any size as one of a step on a tiny network: it is the messages that are tested here. */
function small(message: ToWorker): ToWorker {
  if (message.type !== 'begin' || message.task.kind === 'open') return message;
  const task = { ...message.task, budget: { steps: 1 }, hidden: 4, layers: 1, threads: 1 };
  return { ...message, task };
}

const launchSmall: Launch = () => {
  const port = forkLauncher(built('main/worker.js'))();
  return { ...port, send: (message) => port.send(small(message)) };
};

let samplesFolder: string;
beforeAll(async () => {
  samplesFolder = await mkdtemp(join(tmpdir(), 'seamfield-fuzz-'));
  const file = (name: string) => join(samplesFolder, name);
  const ramp = Uint8Array.from({ length: 3 * 24 * 16 }, (_, i) => (i * 37) % 256);
  const picture = sharp(ramp, { raw: { width: 24, height: 16, channels: 3 } });
  await writeFile(file('coffee.png'), await picture.png().toBuffer());
  await writeFile(file('rocket.jpg'), await picture.jpeg().toBuffer());
  await writeFile(file('moon.png'), await picture.greyscale().png().toBuffer());
  await writeFile(file('brick.png'), 'no picture');
});
afterAll(() => rm(samplesFolder, { recursive: true, force: true }));

/** Requests a channel; those that start a process each, fewer, and more of those that much has to agree in. */
const runs = (channel: Channel) =>
  ({ 'app:diagnostics': 1, 'jobs:start': 8, 'exports:save': 100, 'jobs:picture': 100 })[channel as string] ??
  25;

/** What ends things comes last, so that there is something to ask the others about. */
const ending = /:(close|cancel|discard|end|stop)$/;
const names = Object.keys(channels) as Channel[];
const inOrder = [...names.filter((name) => !ending.test(name)), ...names.filter((name) => ending.test(name))];

describe.each([
  ['in process', inProcess],
  ['over loopback', overLoopback],
])('the contract %s', (_, start) => {
  let host: HostUnderTest;
  const answered = new Set<Channel>();
  let known: Map<v.GenericSchema, fc.Arbitrary<unknown>>;

  const ask = async (channel: string, payload: unknown) => open(await host.request(channel, payload));

  beforeAll(async () => {
    host = await start({ launch: launchSmall, samplesFolder });
    const handles: string[] = [];
    for (const name of ['coffee', 'rocket', 'moon'])
      handles.push(((await ask('images:open-sample', { name })) as { id: string }).id);
    const over = new Promise<void>((resolve) =>
      host.onEvent(({ event }) => (event === 'job:finished' ? resolve() : undefined)),
    );
    const job = { kind: 'reconstruct', imageId: handles[0], from: 'gradient', budget: { steps: 1 } };
    const { jobId } = (await ask('jobs:start', job)) as { jobId: string };
    await over;
    known = new Map([
      [handle as v.GenericSchema, fc.constantFrom(...handles, jobId, jobId, jobId, 'nobody')],
    ]);
  });
  afterAll(() => host.close());

  it.each(inOrder)('answers %s as the contract says', async (channel) => {
    const { request, response } = channels[channel];
    await fc.assert(
      fc.asyncProperty(valid(request as v.GenericSchema, known, channel), async (payload) => {
        const answer = await host.request(channel, payload);
        if (answer.ok) {
          answered.add(channel);
          expect(v.safeParse(response, answer.result).issues?.[0].message).toBeUndefined();
        } else {
          expect(v.safeParse(errorEnvelope, answer.error).issues?.[0].message).toBeUndefined();
          expect(answer.error.code, answer.error.message).not.toMatch(
            /^(internal|job-died|invalid-message)$/,
          );
          expect(answer.error.message).toMatch(/^[^\n]{10,400}$/);
        }
      }),
      { seed: 41, numRuns: runs(channel) },
    );
    await fc.assert(
      fc.asyncProperty(invalid(request as v.GenericSchema, known, channel), async (payload) => {
        const answer = await host.request(channel, payload);
        expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-message' } });
      }),
      { seed: 43, numRuns: 25 },
    );
    expect(await ask('app:info', {})).toBeDefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('was answered, not only refused, by what works without a user', () => {
    const wanted: Channel[] = [
      'images:view',
      'jobs:start',
      'jobs:view',
      'jobs:picture',
      'exports:save',
      'jobs:get',
    ];
    expect([...answered]).toEqual(expect.arrayContaining(wanted));
  });

  it('knows no other channel', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'images:import-path')),
        fc.jsonValue(),
        async (channel, payload) => {
          fc.pre(!Object.hasOwn(channels, channel));
          const answer = await host.request(encodeURIComponent(channel), payload);
          expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-channel' } });
        },
      ),
      { seed: 47, numRuns: 50 },
    ));
});
