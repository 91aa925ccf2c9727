import type { Engine } from '../../siren/engine.ts';

/** A value and its derivatives in the coordinates of the domain. */
export interface PlaneWave {
  readonly a: number;
  readonly b: number;
}

/** For specs: an engine whose every network is sin(ax + by). */
export function planeWaveEngine({ a, b }: PlaneWave): Engine {
  return {
    name: 'ort',
    provider: 'cpu',
    threads: 1,
    train: () => Promise.reject(new Error('This engine only evaluates.')),
    evaluate(_spec, _parameters, points, order) {
      const count = points.length / 2;
      const phase = (i: number) => a * points[2 * i]! + b * points[2 * i + 1]!;
      const at = (f: (phase: number) => number) =>
        Float32Array.from({ length: count }, (_, i) => f(phase(i)));
      return Promise.resolve({
        value: at(Math.sin),
        ...(order >= 1 && { dx: at((p) => a * Math.cos(p)), dy: at((p) => b * Math.cos(p)) }),
        ...(order >= 2 && { laplacian: at((p) => -(a * a + b * b) * Math.sin(p)) }),
      });
    },
    dispose: () => Promise.resolve(),
  };
}
