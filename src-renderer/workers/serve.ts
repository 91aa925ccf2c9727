import type { Answered, Posted } from './in-worker.ts';

/** The part of a worker's global that the page's types have not. */
const page = globalThis as unknown as { postMessage(message: unknown, moved: Transferable[]): void };

/**
 * Does in this worker what an `InWorker` asks of it.
 *
 * @param moved what of it goes to the page without being copied
 */
export function serve<Asked, Made>(
  work: (asked: Asked) => Promise<Made>,
  moved: (made: Made) => Transferable[] = () => [],
): void {
  globalThis.addEventListener('message', ({ data: { id, asked } }: MessageEvent<Posted<Asked>>) => {
    work(asked)
      .then((made) => page.postMessage({ id, made } satisfies Answered<Made>, moved(made)))
      .catch(() => page.postMessage({ id } satisfies Answered<Made>, []));
  });
}
