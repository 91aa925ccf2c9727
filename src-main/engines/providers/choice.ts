import type { Provider } from '../../../src-shared/model/training.ts';
import type { Engine } from '../../siren/engine.ts';
import { OrtEngine } from '../ort-engine.ts';
import { candidateProviders, failedProvider, missingProvider } from './candidates.ts';
import { checkProvider } from './check-provider.ts';
import type { ProviderMemory } from './memory.ts';
import { openProvider } from './open-provider.ts';
import { courseName, stepRate } from './race.ts';
import type { Course } from './race.ts';

/**
 * The provider that was asked for. A host sees to it in a process apart that it has passed; where none did, it is
 * checked here.
 *
 * @throws `unknown-provider`
 */
export async function requiredProvider(provider: Provider, memory: ProviderMemory): Promise<Engine> {
  if (!candidateProviders().includes(provider)) throw missingProvider(provider);
  if (memory.check(provider)?.passed === true) return openProvider(provider);
  const verdict = await checkProvider(provider);
  memory.remember(provider, verdict);
  if (verdict.passed) return openProvider(provider);
  throw failedProvider(provider, verdict.reason);
}

/** The fastest at a course among the CPU and the contenders, raced once and then remembered. */
export async function fastestProvider(
  course: Course,
  threads: number,
  memory: ProviderMemory,
  open: (provider: Provider) => Engine = openProvider,
): Promise<Engine> {
  const cpu = new OrtEngine(threads);
  const contenders = memory.contenders();
  const name = `${courseName(course)} against ${threads} threads`;
  const known = memory.fastest(name);
  if (known === 'cpu') return cpu;
  if (known !== undefined && contenders.includes(known)) return open(known);
  let best: { readonly engine: Engine; readonly rate: number } = {
    engine: cpu,
    rate: await stepRate(cpu, course),
  };
  for (const provider of contenders) {
    const engine = open(provider);
    // One that fails at the job's own shape (memory, say) is out of the race; the job is not.
    const rate = await stepRate(engine, course).catch(() => 0);
    const [winner, loser] = rate > best.rate ? [{ engine, rate }, best.engine] : [best, engine];
    best = winner;
    await loser.dispose();
  }
  memory.rememberFastest(name, best.engine.provider);
  return best.engine;
}
