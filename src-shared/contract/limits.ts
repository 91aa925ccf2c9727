import { largestNetwork } from '../model/training.ts';

/** Ranges of what a user may set, for schemas and for the form's fields alike. */
export const limits = {
  size: [8, 4096],
  /** Longer side of a picture whose values are looked at: one of a single pixel is, too. */
  seen: [1, 4096],
  hidden: [4, largestNetwork.hidden],
  layers: [1, largestNetwork.layers],
  omega: [0.1, 1000],
  seed: [0, 4294967295],
  threads: [1, 256],
  seconds: [0.1, 86400],
  steps: [1, 10_000_000],
  scale: [0.1, 16],
  /** Longest side of a photograph's pixels on a screen. */
  pixels: [1, 16384],
  /** Of a composition: its layers, and a layer's transform, in target pixels, ratios and degrees. */
  cloneLayers: [1, 32],
  /** Of a mask that comes with a request: pixels along a side, and characters. */
  seenMask: { side: 4096, text: 700_000 },
  position: [-1_000_000, 1_000_000],
  layerScale: [1 / 64, 64],
  rotation: [-360, 360],
} as const;
