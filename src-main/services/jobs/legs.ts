import type { Metrics } from '../../../src-shared/model/metrics.ts';
import type { Budget } from '../../../src-shared/model/training.ts';

/** How often a training was trained further, and what its latest leg was given: a budget of its own for each. */
export interface Leg {
  readonly leg: number;
  readonly budget: Budget;
}

/** The legs of a training: the first, and those that it is trained further by, each of which can be called off. */
export class Legs {
  #current: Leg;
  /** What it had come to before it was trained further. */
  #earlier: Metrics | undefined;
  /** Each time that it is about to be trained further is another one. */
  #attempt: object | null = null;

  constructor({ leg, budget }: Leg) {
    this.#current = { leg, budget };
  }

  get current(): Leg {
    return this.#current;
  }

  /** Undefined unless this host knows what it had come to before the leg that is about to begin or under way. */
  get earlier(): Metrics | undefined {
    return this.#earlier;
  }

  /**
   * Another leg is about to begin. Returns whether that was called off since.
   *
   * @param metrics what it has come to
   */
  announce(metrics: Metrics | undefined): () => boolean {
    const attempt = (this.#attempt = {});
    this.#earlier = metrics;
    return () => this.#attempt !== attempt;
  }

  /** The leg that was announced begins. Returns the one before it. */
  begin(budget: Budget): Leg {
    const before = this.#current;
    this.#current = { leg: before.leg + 1, budget };
    return before;
  }

  callOff(): void {
    this.#attempt = null;
  }

  /** It is as it was before its latest leg. Returns what it had come to then, where that is known. */
  goBack({ leg, budget }: Leg): Metrics | undefined {
    this.#current = { leg, budget };
    return this.settle();
  }

  /** No leg is under way any more. Returns what it had come to before, where that is known. */
  settle(): Metrics | undefined {
    const earlier = this.#earlier;
    this.#earlier = undefined;
    return earlier;
  }
}
