/**
 * A page of another site, open in the same browser as Seamfield, its cookie in the jar: what it can get out of the host,
 * or have it do. Played by a real Chromium, since it is the browser's own rules that the host relies on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { startBrowserHost } from '../../src-main/server/host.ts';
import type { BrowserHost } from '../../src-main/server/host.ts';
import { chromiumOptions, hasChromium } from '../chromium.ts';
import { built, root } from './seamfield.ts';

describe.runIf(hasChromium())('a hostile page in the user’s own browser', () => {
  let dataFolder: string;
  let host: BrowserHost;
  let origin: string;
  let evil: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'seamfield-hostile-'));
    host = await startBrowserHost({
      port: 0,
      launch: forkLauncher(built('main/worker.js')),
      rendererFolder: built('renderer'),
      samplesFolder: join(root, 'assets/samples'),
      version: '0.0.0',
      dataFolder,
    });
    origin = new URL(host.url).origin;
    evil = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<title>evil</title><body></body>'),
    );
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch(chromiumOptions);
    const context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(host.url);
    await own.getByRole('button', { name: 'Astronaut' }).waitFor();
    page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser.close();
    evil.close();
    await host.close();
    await rm(dataFolder, { recursive: true, force: true });
  });

  const outcome = (script: string) => page.evaluate<string>(`(async () => { ${script} })()`);

  it.each([
    ['the page', `'/'`, '{ credentials: "include" }'],
    ['numbers', `'/buffers/guessed'`, '{ credentials: "include" }'],
    [
      'a request',
      `'/rpc/jobs:list'`,
      '{ method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body: "{}" }',
    ],
    ['an upload', `'/uploads?name=x'`, '{ method: "POST", credentials: "include", body: "x" }'],
  ])('cannot fetch %s', async (_, path, options) => {
    const script = `return fetch('${origin}' + ${path}, ${options}).then((r) => 'read ' + r.status, () => 'refused')`;
    expect(await outcome(script)).toBe('refused');
  });

  it('gets not even an answer without contents, for the host forbids taking any across sites', async () => {
    const options = "{ method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }";
    const script = `return fetch('${origin}/rpc/jobs:list', ${options}).then((r) => r.type, () => 'refused')`;
    expect(await outcome(script)).toBe('refused');
  });

  it('hears no event', async () => {
    const script = `return new Promise((resolve) => {
      const socket = new WebSocket('${origin.replace('http', 'ws')}/events');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    })`;
    expect(await outcome(script)).toBe('refused');
  });

  it.each(['script', 'img', 'link'])('cannot take a part of it in as %s', async (tag) => {
    const script = `return new Promise((resolve) => {
      const part = document.createElement('${tag}');
      part.onload = () => resolve('loaded');
      part.onerror = () => resolve('refused');
      if ('${tag}' === 'link') { part.rel = 'stylesheet'; part.href = '${origin}/licences.json'; }
      else part.src = '${origin}/licences.json';
      document.body.append(part);
    })`;
    expect(await outcome(script)).toBe('refused');
  });

  it('cannot put it in a frame', async () => {
    await outcome(
      `const frame = document.createElement('iframe');
      frame.src = '${origin}/';
      const over = new Promise((resolve) => (frame.onload = resolve));
      document.body.append(frame);
      await over;
      return ''`,
    );
    const framed = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await framed?.locator('.app').count()).toBe(0);
  });

  it('gets nothing done by a form', async () => {
    const answer = page.waitForResponse((response) => response.url().startsWith(origin));
    await outcome(`document.body.innerHTML = '<form method="post" enctype="text/plain" action="${origin}/rpc/jobs:list">' +
      '<input name="{}" value=""></form>'; setTimeout(() => document.forms[0].submit()); return ''`);
    expect((await answer).status()).toBe(403);
  });
});
