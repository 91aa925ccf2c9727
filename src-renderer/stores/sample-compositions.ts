import type { Transform } from '../../src-shared/model/composition.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

export type SampleCompositionId = 'espresso' | 'twins' | 'crater';

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
  {
    id: 'twins',
    target: 'coffee',
    layers: [
      {
        name: 'Left',
        source: 'astronaut',
        outline: [
          { x: 171, y: 64 },
          { x: 279, y: 192 },
        ],
        transform: { x: 16.2, y: -66.6, scale: 0.62 },
      },
      {
        name: 'Right',
        source: 'astronaut',
        outline: [
          { x: 171, y: 64 },
          { x: 279, y: 192 },
        ],
        transform: { x: 42.8, y: -58.6, scale: 0.62, flipX: true },
      },
    ],
  },
  {
    id: 'crater',
    target: 'rocket',
    layers: [
      {
        name: 'Crater',
        source: 'moon',
        outline: [
          { x: 90, y: 57 },
          { x: 152, y: 119 },
        ],
        transform: { x: 190, y: 102.8, scale: 1.6 },
      },
    ],
  },
];
