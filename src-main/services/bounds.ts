import type { Channel, Handlers, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { Gate } from './gate.ts';
import type { Bound } from './gate.ts';

/** Looks something up or passes a word on: nothing is held while it is answered. */
const light = 'light';
/** Decodes, computes or encodes: each holds a picture's worth of memory while it lasts. */
const heavy: Bound = { atOnce: 2, waiting: 32 };
/** Waits for the user, whom one question at a time is enough for. */
const asking: Bound = { atOnce: 1, waiting: 2 };

/** What each channel may take. Every channel is named, so that a new one does not compile until somebody decides. */
export const bounds: Readonly<Record<Channel, Bound | typeof light>> = {
  'app:info': light,
  'app:diagnostics': { atOnce: 1, waiting: 2 },
  'app:show-logs': { atOnce: 1, waiting: 8 },
  'settings:get': light,
  'settings:set': { atOnce: 4, waiting: 64 },
  'images:list-samples': light,
  'images:open-sample': { atOnce: 4, waiting: 64 },
  'images:dialog': asking,
  'images:get': light,
  'images:close': light,
  'images:view': heavy,
  'images:pixels': heavy,
  'clones:exact': heavy,
  'jobs:start': { atOnce: 4, waiting: 64 },
  'jobs:pause': light,
  'jobs:continue': light,
  'jobs:stop': light,
  'jobs:cancel': light,
  'jobs:move': light,
  'jobs:train-further': light,
  'jobs:resume': { atOnce: 2, waiting: 16 },
  'jobs:end': light,
  'jobs:recoverable': { atOnce: 1, waiting: 16 },
  'jobs:discard': light,
  'jobs:list': light,
  'jobs:get': light,
  'jobs:ack': light,
  'jobs:view': heavy,
  'jobs:picture': heavy,
  'jobs:probe': heavy,
  'jobs:card': light,
  'jobs:seam': heavy,
  'exports:save': heavy,
  'requests:cancel': light,
  // One after the other, so that what was changed later is kept later.
  'projects:record': { atOnce: 1, waiting: 16 },
  'projects:left': { atOnce: 1, waiting: 8 },
  'projects:resume': { atOnce: 1, waiting: 8 },
  'projects:discard': { atOnce: 1, waiting: 64 },
  'recents:list': { atOnce: 4, waiting: 64 },
  'recents:add': { atOnce: 1, waiting: 64 },
  'recents:open': { atOnce: 4, waiting: 64 },
  'recents:clear': { atOnce: 1, waiting: 64 },
  'projects:save': { atOnce: 1, waiting: 4 },
  'projects:download': { atOnce: 1, waiting: 4 },
  'projects:list': { atOnce: 1, waiting: 8 },
  'projects:open': { atOnce: 1, waiting: 4 },
  'projects:choose': asking,
  'projects:relink': { atOnce: 1, waiting: 64 },
  'projects:take-over': { atOnce: 1, waiting: 8 },
};

/** The same handlers, each behind the gate of its channel; beyond its bound a request is refused with `busy`. */
export function bounded(handlers: Handlers): Handlers {
  return Object.fromEntries(
    (Object.keys(handlers) as Channel[]).map((channel) => [channel, behindGate(handlers, channel)]),
  ) as unknown as Handlers;
}

function behindGate<C extends Channel>(handlers: Handlers, channel: C): Handlers[C] {
  const bound = bounds[channel];
  const handler = handlers[channel];
  if (bound === light) return handler;
  const gate = new Gate(bound);
  const answer = (request: RequestOf<C>): Promise<ResponseOf<C>> => gate.run(() => handler(request));
  return answer as Handlers[C];
}
