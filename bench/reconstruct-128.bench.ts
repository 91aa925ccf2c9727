import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';

export const reconstruct128 = commandLineBench({
  name: 'reconstruct-128',
  claim: 'astronaut, 128², RGB, from gradients, defaults, 20 s',
  seconds: 20,
  floors: [
    { metric: 'psnr', sense: 'at least', bound: 42, unit: 'dB' },
    { metric: 'residual', sense: 'at most', bound: 0.01 },
  ],
  argv: () => ['reconstruct', sample('astronaut.png'), '--from', 'gradient', '--size', '128'],
});
