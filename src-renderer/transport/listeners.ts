import * as v from 'valibot';
import { events, type EventName, type EventOf } from '../../src-shared/contract/events.ts';

/** Who listens to which event. A payload that is not what its schema says reaches nobody. */
export class Listeners {
  readonly #handlers = new Map<EventName, Set<(payload: never) => void>>();

  /** Returns the function that ends the subscription. */
  add<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  tell(event: EventName, payload: unknown): void {
    const parsed = v.safeParse(events[event], payload);
    if (!parsed.success) return;
    for (const handler of this.#handlers.get(event) ?? []) handler(parsed.output as never);
  }
}
