import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';

export const fuse128 = commandLineBench({
  name: 'fuse-128',
  claim: 'astronaut and coffee, 128², α ½, against the closed form, 20 s',
  seconds: 20,
  floors: [{ metric: 'exactPsnr', sense: 'at least', bound: 40, unit: 'dB' }],
  argv: () => ['fuse', sample('astronaut.png'), sample('coffee.png'), '--alpha', '0.5', '--size', '128'],
});
