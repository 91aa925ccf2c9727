import type { EventOf } from '../../src-shared/contract/events.ts';
import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Transport } from '../transport/transport.ts';

type Tracked = 'exports:save' | 'jobs:picture';

let tickets = 0;
/** Unlike those of other pages, which hear of all progress too. */
const page = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join('');

/**
 * A request whose progress the host tells. Rejects with the host's error, `cancelled` once the signal was raised in
 * time.
 */
export async function tracked<C extends Tracked>(
  transport: Pick<Transport, 'request' | 'on'>,
  channel: C,
  request: Omit<RequestOf<C>, 'ticket'>,
  waiting: Waiting,
): Promise<ResponseOf<C>> {
  return withTicket(transport, waiting, (ticket) =>
    transport.request(channel, { ...request, ticket } as RequestOf<C>),
  );
}

interface Waiting {
  readonly signal: AbortSignal;
  readonly told?: (work: Work) => void;
}

/** The same for what `ask` asks under the ticket that it is given. */
export async function withTicket<T>(
  transport: Pick<Transport, 'request' | 'on'>,
  { signal, told }: Waiting,
  ask: (ticket: string) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw new SeamfieldError('cancelled', 'What was asked for was cancelled.');
  const ticket = `${page}-${String(++tickets)}`;
  const cancel = () => void transport.request('requests:cancel', { ticket }).catch(() => undefined);
  const end = transport.on('request:progress', (work) => {
    if (work.ticket === ticket) told?.(work);
  });
  signal.addEventListener('abort', cancel);
  try {
    return await ask(ticket);
  } finally {
    signal.removeEventListener('abort', cancel);
    end();
  }
}

type Work = Pick<EventOf<'request:progress'>, 'stage' | 'share'>;
