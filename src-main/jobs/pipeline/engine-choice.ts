import { availableParallelism } from 'node:os';
import type { Size } from '../../../src-shared/model/image.ts';
import type { openEngine } from '../../engines/open.ts';
import { defined } from '../defined.ts';
import type { OpenTask, TrainingTask } from '../tasks.ts';

/** The engine a task asks for; what it doesn't say is the engine room's choice. */
export function engineChoice({
  engine,
  provider,
  threads,
  providerMemory,
}: Pick<TrainingTask | OpenTask, 'engine' | 'provider' | 'threads' | 'providerMemory'>): Parameters<
  typeof openEngine
>[0] {
  return defined({ engine, provider, threads, providerMemory });
}

/** Fewer pixels to a thread than these are not worth its while, and a thread must never be left without any. */
const pixelsPerThread = 64;

/** As many threads as a task asks for, or as the machine has, but no more than the picture can keep busy. */
export function threadsFor({ width, height }: Size, wish: number = availableParallelism()): number {
  return Math.max(1, Math.min(wish, Math.floor((width * height) / pixelsPerThread)));
}
