import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { installPeer, peerVersions } from './peer.ts';
import { recipe } from './recipe.ts';
import { sample, seamfield } from './seamfield.ts';

const size = 128;
const wanted = 30;
const times = 100;
/** Budgets tried until one is enough; each is a training of its own. */
const budgets = [0.5, 0.7, 1, 1.4, 2, 2.8, 4];

export const timesSooner: Bench = {
  name: 'times-sooner',
  claim: `astronaut, ${size}², RGB, from gradients: how many times sooner at ${wanted} dB than the published recipe`,
  async run(context) {
    const { signal, secondsScale } = context;
    const argv = ['reconstruct', sample('astronaut.png'), '--size', String(size)];
    let enough: { readonly seconds: number; readonly psnr: number } | undefined;
    for (const budget of budgets) {
      const seconds = budget * secondsScale;
      const { psnr = 0 } = await seamfield(signal, ...argv, '--seconds', String(seconds));
      if (psnr < wanted) continue;
      enough = { seconds, psnr };
      break;
    }
    const { torch } = await peerVersions(signal);
    const job = 'times-sooner';
    const bound = {
      quantity: `to ${wanted} dB, at least so many times`,
      sense: 'at least',
      bound: times,
    } as const;
    if (enough === undefined || torch === undefined) {
      const note = torch === undefined ? `peer not installed: ${installPeer.torch}` : 'never reached';
      return { floors: [{ job, ...bound, unit: '×', measured: undefined }], notes: [`${job}: ${note}.`] };
    }
    const seconds = times * enough.seconds;
    const { standings } = await recipe(context, size, [seconds]);
    const standing = standings[0]!;
    // Where the recipe is not there after a hundred times our seconds, it takes more than a hundred times as long.
    const isBehind = standing.gainAndOffsetPsnr < wanted;
    return {
      floors: [
        { job, ...bound, unit: '×', measured: isBehind ? standing.seconds / enough.seconds : undefined },
      ],
      tables: [
        {
          title: `To ${wanted} dB at ${size}²`,
          columns: ['Who', 'Seconds', 'Steps', 'dB'],
          rows: [
            ['Seamfield', figure(enough.seconds), '–', enough.psnr.toFixed(1)],
            [
              'published recipe, gain and offset fitted',
              figure(standing.seconds),
              figure(standing.steps),
              standing.gainAndOffsetPsnr.toFixed(1),
            ],
          ],
        },
      ],
      figures: { enough, standing },
    };
  },
};
