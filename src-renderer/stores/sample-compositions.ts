import type { Transform } from '../../src-shared/model/composition.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

export const sampleCompositionIds = ['espresso'] as const;
export type SampleCompositionId = (typeof sampleCompositionIds)[number];

/** What the start page offers to blend: samples, with masks and places prepared. */
export interface SampleComposition {
  readonly id: SampleCompositionId;
  readonly target: string;
  /** Bottom to top. */
  readonly layers: readonly {
    readonly name: string;
    readonly source: string;
    /** Opposite corners of an ellipse on the source: its mask. */
    readonly outline: readonly [Point, Point];
    readonly transform: Partial<Transform>;
    readonly mode?: FusionMode;
    readonly alpha?: number;
  }[];
}

export const sampleCompositions: readonly SampleComposition[] = [
  {
    id: 'espresso',
    target: 'coffee',
    layers: [
      {
        name: 'Face',
        source: 'astronaut',
        outline: [
          { x: 171, y: 64 },
          { x: 279, y: 192 },
        ],
        transform: { x: 60, y: -10 },
      },
    ],
  },
];
