/** What the start page offers to blend in one click: a face that looks out of an espresso. */
export const sampleComposition = {
  source: 'astronaut',
  target: 'coffee',
  /** Opposite corners of an ellipse on the source. */
  ellipse: [
    { x: 171, y: 64 },
    { x: 279, y: 192 },
  ],
  place: { x: 60, y: -10 },
} as const;
