import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { chromiumOptions } from '../chromium.ts';

const root = join(import.meta.dirname, '../..');
const artefacts = join(root, 'tests/artefacts');

/** ms: a machine under load answers late, what never comes still fails, and says what it was. */
const patience = 120_000;

/** A host and the folder that its data lies in: settings and work of whoever runs the tests are none of theirs. */
interface Host {
  readonly process: ChildProcess;
  readonly url: string;
  readonly folder: string;
}

async function startHost(folder?: string): Promise<Host> {
  folder ??= await mkdtemp(join(tmpdir(), 'seamfield-e2e-'));
  const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SEAMFIELD_DATA: join(folder, 'data') },
  });
  const [url] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
  return { process: host, url, folder };
}

/** Whether it is done in so many milliseconds; what is not is left to itself, and said. */
async function within(ms: number, what: string, work: Promise<unknown>): Promise<boolean> {
  const isDone = await Promise.race([work.then(() => true), sleep(ms, false, { ref: false })]);
  if (!isDone) console.error(`${what} took more than ${ms / 1000} s.`);
  return isDone;
}

async function endHost({ process: host }: Host): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const gone = once(host, 'exit');
  host.kill('SIGINT');
  if (!(await within(20_000, 'A host’s end', gone))) host.kill('SIGKILL');
  await gone;
}

/** One browser for all tests of a spec file; each test sees it by a context, and thus a memory, of its own. */
let browser: Promise<Browser> | undefined;
const theBrowser = () => (browser ??= chromium.launch(chromiumOptions));

/** Started while the test before runs, so that the next one needn't wait for it. */
let spare: Promise<Host> | undefined;
async function freshHost(): Promise<Host> {
  const host = await (spare ?? startHost());
  spare = undefined;
  return host;
}

/** All that is open, and what of it goes with the test under way. */
const open = new Set<AppUnderTest>();
const ofThisTest = new Set<AppUnderTest>();
/** Hosts on their way out, while the next test already runs. */
const leaving = new Set<Promise<void>>();
let isInTest = false;

// The configuration has hooks run in the order they are written in: these come first.
beforeEach(() => void (isInTest = true));
afterEach(async ({ task }) => {
  isInTest = false;
  if (task.result?.state === 'fail') {
    for (const app of open) await app.keepEvidence(task.name).catch((error: unknown) => console.error(error));
  }
  await Promise.all([...ofThisTest].map((app) => app.close()));
  ofThisTest.clear();
});
afterAll(async () => {
  await Promise.all([...open].map((app) => app.close()));
  await Promise.all([spare?.then((host) => retire(host)), ...leaving]);
  // A browser that does not end is no fault of the app's; it goes with this process.
  if (browser !== undefined)
    await within(
      10_000,
      'The browser’s end',
      browser.then((it) => it.close()),
    );
});

async function retire(host: Host): Promise<void> {
  await endHost(host);
  await rm(host.folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The built app in a browser host of its own, seen by a browser with a memory of its own. Closed after its test. */
export class AppUnderTest {
  readonly page: Page;
  /** What the page complained about: console errors and uncaught exceptions. A test that expects none checks it. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;
  #host: Host;
  #next: AppUnderTest | undefined;

  private constructor(page: Page, context: BrowserContext, host: Host) {
    this.page = page;
    this.#context = context;
    this.#host = host;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    open.add(this);
    if (isInTest) ofThisTest.add(this);
  }

  /** Opens the app and waits for the start page. What `beforeAll` opens stays for all tests of the file. */
  static async open(colorScheme: 'light' | 'dark' = 'light'): Promise<AppUnderTest> {
    return AppUnderTest.#openAt(await freshHost(), colorScheme);
  }

  static async #openAt(host: Host, colorScheme: 'light' | 'dark'): Promise<AppUnderTest> {
    const chromium = await theBrowser();
    const context = await chromium.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(patience);
    const app = new AppUnderTest(await context.newPage(), context, host);
    await app.page.goto(host.url);
    await app.sample('Astronaut').waitFor();
    spare ??= startHost();
    return app;
  }

  /** Another host and browser over the same data, after `killHost`. */
  async reopen(): Promise<AppUnderTest> {
    await this.#context.close();
    this.#next = await AppUnderTest.#openAt(await startHost(this.#host.folder), 'light');
    return this.#next;
  }

  /** Another host on the same data, as after a crash of the one before, and the same page on it. */
  async restart(): Promise<void> {
    const { exitCode, signalCode } = this.#host.process;
    if (exitCode === null && signalCode === null) await this.killHost();
    this.#host = await startHost(this.#host.folder);
    await this.page.goto(this.#host.url);
  }

  /** Closes the page; its host ends by itself from here on. */
  async close(): Promise<void> {
    if (!open.delete(this)) return;
    await within(
      10_000,
      'A page’s end',
      this.#context.close().catch(() => undefined),
    );
    if (this.#next !== undefined) return;
    const left = retire(this.#host).finally(() => leaving.delete(left));
    leaving.add(left);
  }

  /** A picture of the page for whoever wants to look at it, in tests/artefacts. */
  async shot(name: string, timeout = patience): Promise<void> {
    await this.page.screenshot({ path: join(artefacts, `${name}.png`), timeout });
  }

  /** After a failure: a picture of the page in tests/artefacts, and in the log what it said. */
  async keepEvidence(test: string): Promise<void> {
    if (this.page.isClosed()) return;
    const picture = `failed ${test.replace(/[^\w ]+/g, '').slice(0, 80)}`;
    await this.shot(picture, 10_000).catch(() => undefined);
    const said = async (selector: string) => {
      const texts = await this.page
        .locator(selector)
        .allInnerTexts()
        .catch(() => ['(no answer)']);
      return texts.map((text) => text.replace(/\s+/g, ' ').slice(0, 1500));
    };
    const evidence = {
      test,
      address: this.page.url().replace(/\?.*/, ''),
      complaints: this.complaints,
      toasts: await said('[data-sonner-toast]'),
      dialogs: await said('[role=dialog], [role=alertdialog]'),
      page: await said('body'),
      picture: join(artefacts, `${picture}.png`),
    };
    console.error(`What the page showed when its test failed: ${JSON.stringify(evidence, null, 2)}`);
  }

  /** The host's processes that train or look at pictures, the latest last. Linux only. */
  async workers(): Promise<number[]> {
    const { pid } = this.#host.process;
    const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
    return children
      .trim()
      .split(' ')
      .filter((word) => word !== '')
      .map(Number);
  }

  /** How many trainings are on disk, whole. */
  async keptTrainings(): Promise<number> {
    const jobs = join(this.#host.folder, 'data/jobs');
    const folders = await readdir(jobs).catch(() => []);
    const files = await Promise.all(folders.map((name) => readdir(join(jobs, name)).catch(() => [])));
    return files.filter((names: readonly string[]) => names.includes('checkpoint-0')).length;
  }

  /** As the kernel does when memory runs out: the host and all that it started, at once. */
  async killHost(): Promise<void> {
    const gone = once(this.#host.process, 'exit');
    this.#host.process.kill('SIGKILL');
    await gone;
  }

  /** Where something lies in the host's data folder. */
  inData(name: string): string {
    return join(this.#host.folder, 'data', name);
  }

  /** By the palette, as somebody who knows its name. */
  async runCommand(label: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.getByPlaceholder('Search commands…').fill(label);
    await this.page.keyboard.press('Enter');
  }

  /** By the dialog, set anew as far as `choices` says, by label. */
  async exportPicture(
    choices: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    await this.page.keyboard.press('Control+e');
    const dialog = this.page.getByRole('dialog', { name: 'Export picture' });
    for (const [label, choice] of Object.entries(choices)) {
      await dialog.getByLabel(label, { exact: true }).selectOption(choice);
    }
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    await dialog.waitFor({ state: 'hidden' });
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  sample(title: string) {
    return this.page.getByRole('button', { name: title });
  }

  /** The button of an action in the side panel. */
  button(action: string) {
    return this.page.locator(`.side [data-action=${action}]`);
  }

  metric(name: string) {
    return this.page.locator(`[data-metric=${name}]`);
  }

  pane(title: string) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Open a sample and set the smallest network picture for a training of `seconds`. */
  async prepare(title: string, seconds: number): Promise<void> {
    await this.sample(title).click();
    await this.page.getByLabel('Size', { exact: true }).selectOption('64');
    await this.page.getByLabel('Time', { exact: true }).selectOption('custom');
    await this.page.getByLabel('Seconds').fill(String(seconds));
    await this.page.getByLabel('Seconds').blur();
  }

  async train(title: string, seconds: number): Promise<void> {
    await this.prepare(title, seconds);
    await this.button('train').click();
  }

  /**
   * Resolves once the page shows all that it knows: what is wanted has come, a finished training's own values too, which
   * follow its last preview, and is drawn.
   */
  async settled(): Promise<void> {
    const late = this.page
      .locator('[data-loading=true], [data-drawn=false], [data-role=target][aria-busy=true]')
      .first();
    do {
      await late.waitFor({ state: 'detached' });
      // A pane that has another size by now hears of it with the next frame, and draws with the one after.
      await this.page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
      );
    } while ((await late.count()) > 0);
  }

  /** What a pane shows, once it has settled, without its lines and marks, as data URLs; equal pictures are equal strings. */
  picture(title: string): Promise<string> {
    return this.layers(title, ['picture', 'content']);
  }

  /** What some of a pane's layers show, once it has settled; equal pictures are equal strings. */
  async layers(title: string, names: readonly ('picture' | 'content' | 'edge' | 'marks')[]): Promise<string> {
    await this.settled();
    return this.pane(title)
      .locator(names.map((name) => `canvas[data-layer=${name}]`).join(', '))
      .evaluateAll((all) =>
        all.map((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL()).join(' '),
      );
  }

  /** The rules of axe-core that the page as it stands breaks, and where. */
  async accessibilityViolations(): Promise<string[]> {
    const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await this.page.evaluate(await readFile(source, 'utf8'));
    return await this.page.evaluate<string[]>(
      `axe.run().then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
    );
  }
}
