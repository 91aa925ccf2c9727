import { exactSolution } from '../../fields/index.ts';
import type { CloneExactQuestion, PlacedView } from '../protocol.ts';
import { clone } from './clone.ts';
import { freeConstant, withConstant } from './constant.ts';

/** The exact solution of a clone on the window around its region. Throws what is wrong with its files. */
export async function exactClone(
  signal: AbortSignal,
  { source, target, mask, at, mode, alpha = 0.5 }: CloneExactQuestion,
): Promise<PlacedView> {
  const steps = { budget: { steps: 1 } };
  const problem = await clone(signal, { kind: 'clone', source, target, mask, at, mode, alpha, ...steps });
  const { reference, anchor, patch, width, height } = problem;
  const { channels } = reference;
  const integrated = exactSolution(signal, problem.guidance);
  const constant = freeConstant(reference.data, integrated, channels, anchor);
  const data = Float32Array.from(withConstant(integrated, constant));
  const { x = 0, y = 0 } = patch?.rectangle ?? {};
  return { width, height, channels, data, at: { x, y } };
}
