/**
 * Draws with the next animation frame, once however often that is asked for, and says on its host by `data-drawn`
 * whether all that is known by now is drawn.
 */
export class NextFrame {
  readonly #host: HTMLElement;
  readonly #draw: () => boolean;
  #id = 0;

  /** @param draw returns whether it is done: where not, it asks again by itself */
  constructor(host: HTMLElement, draw: () => boolean) {
    this.#host = host;
    this.#draw = draw;
    this.#say(false);
  }

  request(): void {
    this.#say(false);
    this.#id ||= requestAnimationFrame(() => {
      this.#id = 0;
      const isDone = this.#draw();
      // Drawing itself may move the camera, which asks for another.
      if (isDone && this.#id === 0) this.#say(true);
    });
  }

  cancel(): void {
    cancelAnimationFrame(this.#id);
  }

  #say(isDrawn: boolean): void {
    this.#host.dataset['drawn'] = String(isDrawn);
  }
}
