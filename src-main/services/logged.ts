import type { Channel, Handlers } from '../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import type { Facts, Log } from './log.ts';

/** Refusals that tell of a fault of ours, or of the machine; the others tell the user what to do, and have. */
const faults: readonly string[] = [
  'internal',
  'job-died',
  'out-of-memory',
  'diverged',
  'unwritable-output',
  'busy',
];

/** An error as facts: its code, and for one nobody expected where in the code it came from. */
function factsOf(thrown: unknown): Facts {
  const { code, message, details } = SeamfieldError.from(thrown);
  if (code !== 'internal') return { code };
  const stack = typeof details['stack'] === 'string' ? details['stack'] : message;
  return { code, stack };
}

/** The same handlers, whose faults are noted. */
export function logged(handlers: Handlers, log: Log): Handlers {
  const noted = (channel: Channel) => async (request: never) => {
    try {
      return await handlers[channel](request);
    } catch (thrown) {
      if (faults.includes(SeamfieldError.from(thrown).code))
        log.error('request failed', { channel, ...factsOf(thrown) });
      throw thrown;
    }
  };
  return Object.fromEntries(
    (Object.keys(handlers) as Channel[]).map((channel) => [channel, noted(channel)]),
  ) as unknown as Handlers;
}

/** Notes how jobs end. */
export function noteEvent(log: Log, message: EventMessage): void {
  if (message.event === 'job:finished') {
    const { steps, seconds, provider, width, height } = message.payload.metrics;
    log.info('job finished', {
      steps: steps ?? null,
      seconds: seconds ?? null,
      provider: provider ?? null,
      width: width ?? null,
      height: height ?? null,
    });
  } else if (message.event === 'job:failed') {
    const { error } = message.payload;
    if (error.code === 'cancelled') log.info('job cancelled');
    else log.error('job failed', factsOf(SeamfieldError.fromEnvelope(error as never)));
  }
}
