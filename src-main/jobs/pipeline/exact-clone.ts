import type { CloneExactQuestion, PlacedView } from '../protocol.ts';
import { clone } from './clone.ts';
import { solveExactly } from './solve.ts';

/** The exact solution of a clone on the window around its region. Throws what is wrong with its files. */
export async function exactClone(
  signal: AbortSignal,
  { composition }: CloneExactQuestion,
): Promise<PlacedView> {
  const untrained = { budget: { steps: 1 } };
  const problem = await clone(signal, { kind: 'clone', composition, ...untrained });
  const { exact = new Float64Array() } = solveExactly(signal, problem);
  const { width, height, patch, reference } = problem;
  const { x = 0, y = 0 } = patch?.rectangle ?? {};
  return { width, height, channels: reference.channels, data: Float32Array.from(exact), at: { x, y } };
}
