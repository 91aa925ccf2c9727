import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';

export const residual128 = commandLineBench({
  name: 'residual-128',
  claim: "astronaut, 128², RGB, from gradients, the paper's loss, 60 s",
  seconds: 60,
  floors: [{ metric: 'psnr', sense: 'at least', bound: 33, unit: 'dB' }],
  argv: () => ['reconstruct', sample('astronaut.png'), '--size', '128', '--loss', 'residual'],
});
