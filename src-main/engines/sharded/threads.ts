import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

import type { ShardAnswer, ShardRequest, ShardSetup } from './layout.ts';

/** The shard's entry: beside the bundle that holds this module, or its source where nothing is bundled. */
function entry(): URL {
  const beside = (path: string) => new URL(path, import.meta.url);
  const built = ['./shard-thread.js', '../shard-thread.js'].map(beside);
  return built.find((url) => existsSync(fileURLToPath(url))) ?? beside('./shard-thread.source.mjs');
}

/** A request without the number that its answer is known by. */
export type ShardOrder = ShardRequest extends infer R
  ? R extends { id: number }
    ? Omit<R, 'id'>
    : never
  : never;

/** The threads of a sharded training. Any that dies takes all along, since the others would wait for it for ever. */
export class ShardThreads {
  private readonly workers: Worker[];
  private readonly waiting = new Map<
    string,
    { resolve(answer: ShardAnswer): void; reject(error: Error): void }
  >();
  private nextId = 0;
  private failure: Error | undefined;
  private closing = false;

  constructor(setups: readonly ShardSetup[]) {
    const url = entry();
    this.workers = setups.map((workerData, i) => {
      const worker = new Worker(url, { workerData });
      worker.on('message', (answer: ShardAnswer) => {
        const key = `${i}.${answer.id}`;
        this.waiting.get(key)?.resolve(answer);
        this.waiting.delete(key);
      });
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => {
        if (!this.closing) this.fail(new Error(`a training thread ended with status ${code}`));
      });
      return worker;
    });
  }

  /** Asks the same of every shard. @returns their answers in order */
  async ask(order: ShardOrder): Promise<ShardAnswer[]> {
    if (this.failure) throw this.failure;
    const id = this.nextId++;
    return Promise.all(
      this.workers.map(
        (worker, i) =>
          new Promise<ShardAnswer>((resolve, reject) => {
            this.waiting.set(`${i}.${id}`, { resolve, reject });
            worker.postMessage({ ...order, id } satisfies ShardRequest);
          }),
      ),
    );
  }

  /**
   * Lets every thread finish what it runs, free its sessions and end: native code that is torn out of a thread takes
   * the process along.
   */
  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    const ended = this.workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    await this.ask({ kind: 'close' });
    await Promise.all(ended);
  }

  /** A thread died: the others may be waiting for it at a barrier, and nothing but force ends that. */
  private fail(error: Error): void {
    if (this.failure) return;
    this.failure = error;
    this.closing = true;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
    for (const worker of this.workers) void worker.terminate();
  }
}
