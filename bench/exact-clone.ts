import { identity } from '../src-shared/model/composition.ts';
import type { Samples } from '../src-main/imaging/samples.ts';
import { imageFromSamples } from '../src-main/imaging/decode.ts';
import { cloneGuidance, exactSolution, regionOf, windowAround } from '../src-main/fields/index.ts';
import { crop } from '../src-main/fields/raster.ts';
import { composite } from '../src-main/jobs/pipeline/clone/composite.ts';
import { addConstant, freeConstant } from '../src-main/jobs/pipeline/measures/constant.ts';
import { ringAround } from '../src-main/jobs/pipeline/clone/seam.ts';
import type { SolverScene } from './solver-scene.ts';

export interface ExactClone {
  readonly result: Samples;
  /** Wall-clock seconds of everything from samples to samples, and of the Poisson solution alone. */
  readonly seconds: number;
  readonly solvingSeconds: number;
}

/** A clone by the exact solution as the program does it, from 8-bit samples in memory to 8-bit samples in memory. */
export function exactClone(signal: AbortSignal, { source, target, mask, side }: SolverScene): ExactClone {
  const begun = performance.now();
  const reference = imageFromSamples(target);
  const layer = {
    source: imageFromSamples(source),
    mask: imageFromSamples({ width: side, height: side, channels: 1, data: mask }),
    placement: { x: 0, y: 0 },
    mode: 'import',
    alpha: 0.5,
  } as const;
  const window = windowAround(regionOf(reference, [{ ...layer, transform: identity }]), 4, reference);
  const guidance = cloneGuidance({ target: reference, layers: [layer], window });
  const solving = performance.now();
  const integral = exactSolution(signal, guidance);
  const solved = performance.now();
  const { inside } = guidance.seam;
  const { data, channels } = crop(reference, window);
  addConstant(integral, freeConstant(data, integral, channels, ringAround(inside, window)));
  const patch = { target, rectangle: window, inside };
  const result = composite(patch, integral, 'srgb', 8);
  const ended = performance.now();
  return { result, seconds: (ended - begun) / 1000, solvingSeconds: (solved - solving) / 1000 };
}
