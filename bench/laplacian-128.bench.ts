import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';

export const laplacian128 = commandLineBench({
  name: 'laplacian-128',
  claim: 'astronaut, 128², RGB, from Laplacians, defaults, 30 s',
  seconds: 30,
  floors: [{ metric: 'psnr', sense: 'at least', bound: 36, unit: 'dB' }],
  argv: () => ['reconstruct', sample('astronaut.png'), '--from', 'laplacian', '--size', '128'],
});
