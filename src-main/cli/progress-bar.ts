import type { Progress } from '../../src-shared/model/training.ts';

const width = 30;

/** A line that is rewritten in place, on a terminal; nothing where stderr is none. */
export class ProgressBar {
  readonly #stream: { readonly isTTY?: boolean; write(text: string): unknown };
  #drawn = false;

  constructor(stream: { readonly isTTY?: boolean; write(text: string): unknown }) {
    this.#stream = stream;
  }

  show({ fraction, loss, stepsPerSecond, secondsLeft }: Progress): void {
    if (this.#stream.isTTY !== true) return;
    const full = Math.round(fraction * width);
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    const facts = `loss ${loss.toPrecision(3)}  ${stepsPerSecond.toFixed(1)} steps/s  ${Math.ceil(secondsLeft)} s left`;
    this.#stream.write(`\r\x1b[2K${bar} ${Math.round(100 * fraction)} %  ${facts}`);
    this.#drawn = true;
  }

  clear(): void {
    if (this.#drawn) this.#stream.write('\r\x1b[2K');
    this.#drawn = false;
  }
}
