import type { Lesson, LessonState } from './stores/learn.svelte.ts';

/** The words of the Learn view. */
export const learnStrings = {
  title: 'What a network can learn from derivatives alone',
  lead: 'Each row trains a fresh sine network on one kind of derivative and never on a pixel. All that it is shown is underlined; the picture, and every other derivative, is what that integrates to.',
  lessons: {
    gradient: {
      title: 'Gradients',
      hint: 'They fix the picture up to one constant a channel, so the reconstruction is close.',
    },
    laplacian: {
      title: 'Laplacian',
      hint: 'Alone it leaves every harmonic function free; the gradient along the border is given too, and pins it.',
    },
    fused: {
      title: 'Two pictures’ gradients, fused',
      hint: 'The mean of both gradients integrates to the plain blend: both pictures, without any pixel of either.',
    },
  } satisfies Record<Lesson, { title: string; hint: string }>,
  offset:
    'The constant that derivatives leave free is read off the photograph after the training. PSNR is taken without each channel’s mean difference; no gain is fitted. After the Poisson figure of Sitzmann et al. 2020.',
  truth: 'Ground truth',
  network: 'Network',
  columns: { value: 'Image', magnitude: 'Gradient magnitude', laplacian: 'Laplacian' },
  shown: 'shown to the network',
  cell: (row: string, side: string, column: string) => `${row}: ${side}, ${column}`,
  psnr: { value: 'PSNR', magnitude: 'PSNR', laplacian: 'PSNR' },
  waiting: 'waits its turn',
  states: {
    idle: 'not trained yet',
    waiting: 'waits its turn',
    training: 'training…',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  } satisfies Record<LessonState, string>,
  first: 'First photograph',
  second: 'Second photograph',
  none: { first: 'Astronaut, or choose another', second: 'Coffee, or choose another' },
  own: 'Own…',
  chooseFirst: 'Learn: open the first photograph…',
  chooseSecond: 'Learn: open the second photograph…',
  size: 'Size',
  sizeOption: (size: number) => `${size} px`,
  seconds: 'Time each',
  secondsOption: (seconds: number) => `${seconds} s`,
  train: 'Train all three networks',
  trainShort: 'Train all three',
  cancel: 'Cancel the trainings',
  cancelShort: 'Cancel',
  save: 'Save the figure as PNG',
  saveShort: 'Save figure',
  progress: (title: string) => `Training from ${title}`,
  file: 'seamfield-figure.png',
  caption: (size: string, seconds: string) =>
    `Sine networks trained for ${seconds} s each at ${size}, by Seamfield. PSNR without each channel’s mean difference; no gain fitted.`,
} as const;
