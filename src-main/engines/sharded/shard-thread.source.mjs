/** The shard's entry where nothing is bundled (tests, benchmarks): a thread does not inherit its parent's loader. */
import { register } from 'tsx/esm/api';

register();
await import('./shard-thread.ts');
