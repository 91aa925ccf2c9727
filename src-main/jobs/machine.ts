import { availableParallelism, cpus, release, type } from 'node:os';

/** Processor, cores and system, such as `AMD EPYC 7B13 (2 cores), Linux 6.1.0`. */
export function machineInWords(): string {
  const cores = availableParallelism();
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${processor} (${cores} ${cores === 1 ? 'core' : 'cores'}), ${type()} ${release()}`;
}
