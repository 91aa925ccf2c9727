import * as v from 'valibot';
import { channels, isChannel } from '../../src-shared/contract/channels.ts';
import type { Channel, Handlers, RequestOf } from '../../src-shared/contract/channels.ts';
import { enclose } from '../../src-shared/contract/envelope.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/**
 * Answers one request, whatever it is: its channel must be known, its payload what the channel's schema says.
 * Never rejects; what goes wrong is in the envelope.
 */
export function dispatch(handlers: Handlers, channel: unknown, payload: unknown): Promise<Envelope<unknown>> {
  return enclose<unknown>(() => {
    if (typeof channel !== 'string' || !isChannel(channel)) {
      throw new SeamfieldError('unknown-channel', `There is no channel “${String(channel).slice(0, 64)}”.`);
    }
    return answer(handlers, channel, payload);
  });
}

function answer<C extends Channel>(handlers: Handlers, channel: C, payload: unknown): unknown {
  const parsed = v.safeParse(channels[channel].request as v.GenericSchema<unknown, RequestOf<C>>, payload);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = brief(v.getDotPath(issue) ?? 'request');
    const why = `${channel}: “${where}” is wrong. ${brief(issue.message)}.`;
    throw new SeamfieldError('invalid-message', why, { where });
  }
  return handlers[channel](parsed.output);
}

/** A refusal quotes what was sent, which may be long. */
function brief(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
