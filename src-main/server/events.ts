import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { EventMessage } from '../../src-shared/contract/events.ts';

/** A page that doesn't read is left out beyond so many bytes in waiting: events may be missed, memory may not fill. */
const maxWaiting = 8 * 2 ** 20;

/** Every connected page, told one way only. */
export class EventSockets {
  // What a page sends is not looked at, so it need not be long.
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 1024 });

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      connection.on('error', () => connection.terminate());
    });
  }

  tell(message: EventMessage): void {
    const text = JSON.stringify(message);
    for (const connection of this.#server.clients) {
      if (connection.readyState === connection.OPEN && connection.bufferedAmount < maxWaiting)
        connection.send(text);
    }
  }

  close(): void {
    for (const connection of this.#server.clients) connection.terminate();
    this.#server.close();
  }
}
