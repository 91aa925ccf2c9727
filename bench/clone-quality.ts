import type { Samples } from '../src-main/imaging/samples.ts';
import type { SolverScene } from './solver-scene.ts';

/** How well a clone's picture, whole numbers as they are written, solves its equation and keeps its target. */
export interface CloneQuality {
  /** Root mean square of Δ(result − source) well inside the mask, in steps of 8 bits; the equation says 0. */
  readonly residual: number;
  /** Largest change of the target outside the mask, in steps of 8 bits. */
  readonly outside: number;
}

/**
 * Measures an RGB clone by `import` whose source lies where it is on the target.
 *
 * Only pixels count whose surroundings of `depth` pixels are all inside, so that methods that treat the mask's rim
 * each in its own way are measured by the same equation, and of those only where nothing is cut off at 0 or 255.
 * Rounding to whole numbers alone leaves a residual of up to √(20/12) ≈ 1.3, where its errors are independent.
 */
export function cloneQuality(result: Samples['data'], scene: SolverScene, depth = 8): CloneQuality {
  const { side, source, target, mask } = scene;
  const deep = eroded(mask, side, depth);
  const row = 3 * side;
  let squares = 0;
  let count = 0;
  let outside = 0;
  for (let i = 0; i < side * side; i++) {
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      if (mask[i] === 0) outside = Math.max(outside, Math.abs(result[k]! - target.data[k]!));
      if (deep[i] === 0) continue;
      const star = [k - 3, k + 3, k - row, k + row, k];
      if (star.some((at) => result[at] === 0 || result[at] === 255)) continue;
      const [west, east, north, south, here] = star.map((at) => result[at]! - source.data[at]!);
      squares += (west! + east! + north! + south! - 4 * here!) ** 2;
      count++;
    }
  }
  return { residual: Math.sqrt(squares / count), outside };
}

/** 1 where all pixels within `depth` along rows and columns of the square around a pixel are inside. */
function eroded(mask: Uint8Array, side: number, depth: number): Uint8Array {
  const along = (marks: Uint8Array, step: number) =>
    marks.map((_, i) => {
      const place = Math.floor(i / step) % side;
      if (place < depth || place >= side - depth) return 0;
      for (let k = -depth; k <= depth; k++) if (marks[i + k * step] === 0) return 0;
      return 1;
    });
  return along(along(mask, 1), side);
}
