import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';

export const reconstruct256 = commandLineBench({
  name: 'reconstruct-256',
  claim: 'astronaut, 256², RGB, from gradients, defaults, 30 s',
  seconds: 30,
  floors: [
    { metric: 'psnr', sense: 'at least', bound: 37, unit: 'dB' },
    { metric: 'residual', sense: 'at most', bound: 0.05 },
  ],
  argv: () => ['reconstruct', sample('astronaut.png'), '--from', 'gradient', '--size', '256'],
});
