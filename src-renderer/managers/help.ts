import type { Support, Package } from '../stores/support.svelte.ts';
import { settingsStrings as words } from '../strings-settings.ts';
import type { Transport } from '../transport/transport.ts';

/** Where the build puts the list of packages; the same in both hosts. */
const list = '/licences.json';

export interface HelpTools {
  readonly transport: Pick<Transport, 'request'>;
  readonly support: Support;
  readonly copy: (text: string) => Promise<void>;
  readonly notify: (message: string) => void;
}

/** What helps when something went wrong, and who is to thank when it didn't. */
export class Help {
  readonly #tools: HelpTools;

  constructor(tools: HelpTools) {
    this.#tools = tools;
  }

  /** Has the host check itself, and puts what it found on the clipboard. */
  async copyReport(): Promise<void> {
    const { transport, support, copy, notify } = this.#tools;
    if (support.checking) return;
    support.checking = true;
    try {
      const { report } = await transport.request('app:diagnostics', {});
      await copy(report);
      notify(words.copied);
    } finally {
      support.checking = false;
    }
  }

  /** Opens the folder of the logs, or says where it lies where the host cannot. */
  async showLogs(): Promise<void> {
    const { transport, copy, notify } = this.#tools;
    const { folder, opened } = await transport.request('app:show-logs', {});
    if (opened) return;
    await copy(folder);
    notify(words.logsAt(folder));
  }

  /** Nothing where the list isn't there, as on a page that is being worked on. */
  async loadPackages(): Promise<void> {
    const { support } = this.#tools;
    if (support.packages !== null) return;
    const answer = await fetch(list).catch(() => null);
    const isList = answer?.ok === true && (answer.headers.get('content-type') ?? '').includes('json');
    support.packages = isList ? ((await answer.json()) as Package[]) : [];
  }
}
