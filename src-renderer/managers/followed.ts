import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { events, type EventMessage, type EventName } from '../../src-shared/contract/events.ts';
import { applyEvent, type Job } from '../stores/job.ts';
import type { Transport } from '../transport/transport.ts';

const names = (Object.keys(events) as EventName[]).filter((name) => name.startsWith('job:'));

/**
 * A job that the host is asked for, as it is by now: answers and events travel apart, so that what the host told while
 * the answer was on its way may be newer, and nobody else knows yet whose it is. Rejects as `ask` does.
 */
export async function followed(transport: Pick<Transport, 'on'>, ask: () => Promise<Job>): Promise<Job> {
  const told: EventMessage[] = [];
  const ends = names.map((event) =>
    transport.on(event, (payload) => void told.push({ event, payload } as EventMessage)),
  );
  try {
    const job = await ask();
    return told.reduce(applyEvent, job);
  } finally {
    for (const end of ends) end();
  }
}

/** Throws the error of a job that had failed before anybody could watch it; a cancellation is none. */
export function requireAlive({ state, error }: Job): void {
  if (state === 'failed' && error !== null)
    throw new SeamfieldError(error.code, error.message, error.details);
}
