import { exchange, type Asked } from './exchange.ts';

/** The part of a worker's global that the page's types have not. */
const page = globalThis as unknown as { postMessage(message: unknown, moved: Transferable[]): void };

/** Exchanges for the page what it is posted, by numbers that the page gives them. */
globalThis.addEventListener('message', ({ data }: MessageEvent<Asked & { readonly id: number }>) => {
  void exchange(data).then((exchanged) => {
    page.postMessage({ id: data.id, ...exchanged }, exchanged.bytes === undefined ? [] : [exchanged.bytes]);
  });
});
