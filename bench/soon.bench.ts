/** How soon the defaults get good, on photographs whatever they show. */
import type { Bench } from './bench.ts';
import { onPhotographs } from './on-photographs.ts';

const colour = ['astronaut.png', 'coffee.png', 'rocket.jpg'];
const grey = ['camera.png', 'moon.png', 'brick.png'];
const reconstruct = (from: 'gradient' | 'laplacian', size: number) => (path: string) => [
  'reconstruct',
  path,
  '--from',
  from,
  '--size',
  String(size),
];

export const soon: readonly Bench[] = [
  onPhotographs({
    name: 'gradient-128-soon',
    claim: '128², from gradients, defaults',
    seconds: 8,
    pictures: [...colour, ...grey],
    floors: [
      { metric: 'psnr', sense: 'at least', bound: 40, unit: 'dB' },
      { metric: 'residual', sense: 'at most', bound: 0.01 },
    ],
    argv: reconstruct('gradient', 128),
  }),
  onPhotographs({
    name: 'laplacian-128-soon',
    claim: '128², from Laplacians, defaults',
    seconds: 15,
    pictures: [...colour, 'camera.png'],
    floors: [{ metric: 'psnr', sense: 'at least', bound: 40, unit: 'dB' }],
    argv: reconstruct('laplacian', 128),
  }),
  onPhotographs({
    name: 'gradient-256-soon',
    claim: '256², RGB, from gradients, defaults',
    seconds: 8,
    pictures: colour,
    floors: [{ metric: 'psnr', sense: 'at least', bound: 32.9, unit: 'dB' }],
    argv: reconstruct('gradient', 256),
  }),
  onPhotographs({
    name: 'gradient-256-fine',
    claim: '256², RGB, from gradients, defaults',
    seconds: 45,
    pictures: colour,
    floors: [
      { metric: 'psnr', sense: 'at least', bound: 42, unit: 'dB' },
      { metric: 'residual', sense: 'at most', bound: 0.02 },
    ],
    argv: reconstruct('gradient', 256),
  }),
];
