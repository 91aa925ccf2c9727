import type { openEngine } from '../../engines/open.ts';
import { defined } from '../defined.ts';
import type { Task } from '../protocol.ts';

/** The engine a task asks for; what it doesn't say is the engine room's choice. */
export function engineChoice({
  engine,
  provider,
  threads,
}: Pick<Task, 'engine' | 'provider' | 'threads'>): Parameters<typeof openEngine>[0] {
  return defined({ engine, provider, threads });
}
