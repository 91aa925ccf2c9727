import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A host whose data lies in the profile's folder: settings and work of whoever runs the tests are none of theirs. */
async function startHost(profile: string): Promise<{ readonly host: ChildProcess; readonly url: string }> {
  const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SEAMFIELD_DATA: join(profile, 'data') },
  });
  const [url] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
  return { host, url };
}

/** The built app in a browser host of its own, seen by a Chromium with a profile of its own. */
export class AppUnderTest {
  readonly page: Page;
  /** What the page complained about: console errors and uncaught exceptions. A test that expects none checks it. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;
  #host: ChildProcess;
  readonly #profile: string;
  #next: AppUnderTest | undefined;

  private constructor(page: Page, context: BrowserContext, host: ChildProcess, profile: string) {
    this.page = page;
    this.#context = context;
    this.#host = host;
    this.#profile = profile;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** Starts host and browser and waits for the start page. */
  static async open(colorScheme: 'light' | 'dark' = 'light', profile?: string): Promise<AppUnderTest> {
    profile ??= await mkdtemp(join(tmpdir(), 'seamfield-e2e-'));
    const { host, url } = await startHost(profile);
    const executablePath = process.env['SEAMFIELD_CHROMIUM'] ?? '/usr/bin/chromium';
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: flags,
      viewport: { width: 1280, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const [page = await context.newPage()] = context.pages();
    const app = new AppUnderTest(page, context, host, profile);
    await page.goto(url);
    await app.sample('Astronaut').waitFor();
    return app;
  }

  /** Another host and browser over the same data, after `killHost`; closed with this one. */
  async reopen(): Promise<AppUnderTest> {
    await this.#context.close();
    this.#next = await AppUnderTest.open('light', this.#profile);
    return this.#next;
  }

  /** Another host on the same data, as after a crash of the one before, and the same page on it. */
  async restart(): Promise<void> {
    if (this.#host.exitCode === null && this.#host.signalCode === null) await this.killHost();
    const { host, url } = await startHost(this.#profile);
    this.#host = host;
    await this.page.goto(url);
  }

  async close(): Promise<void> {
    await this.#next?.close();
    // A browser that does not end is no fault of the app's; it goes with this process.
    await Promise.race([this.#context.close(), sleep(10_000, undefined, { ref: false })]);
    const { exitCode, signalCode } = this.#host;
    if (exitCode === null && signalCode === null && this.#host.kill('SIGINT')) await once(this.#host, 'exit');
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The host's processes that train or look at pictures, the latest last. Linux only. */
  async workers(): Promise<number[]> {
    const { pid } = this.#host;
    const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
    return children
      .trim()
      .split(' ')
      .filter((word) => word !== '')
      .map(Number);
  }

  /** How many trainings are on disk, whole. */
  async keptTrainings(): Promise<number> {
    const jobs = join(this.#profile, 'data/jobs');
    const folders = await readdir(jobs).catch(() => []);
    const files = await Promise.all(folders.map((name) => readdir(join(jobs, name)).catch(() => [])));
    return files.filter((names: readonly string[]) => names.includes('checkpoint-0')).length;
  }

  /** As the kernel does when memory runs out: the host and all that it started, at once. */
  async killHost(): Promise<void> {
    const gone = once(this.#host, 'exit');
    this.#host.kill('SIGKILL');
    await gone;
  }

  /** Where something lies in the host's data folder. */
  inData(name: string): string {
    return join(this.#profile, 'data', name);
  }

  /** By the palette, as somebody who knows its name. */
  async runCommand(label: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.getByPlaceholder('Search commands…').fill(label);
    await this.page.keyboard.press('Enter');
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

  /** What the picture layer of a pane shows, as a data URL; equal pictures are equal strings. */
  picture(title: string): Promise<string> {
    return this.pane(title)
      .locator('canvas')
      .first()
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
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
