import type { Metrics } from '../src-shared/model/metrics.ts';
import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { installPeer, peerVersions } from './peer.ts';
import { recipe } from './recipe.ts';
import type { Standing } from './recipe.ts';
import { sample, seamfield } from './seamfield.ts';

const sizes = [128, 256];
const budgets = [5, 20, 60];

interface Comparison {
  readonly size: number;
  readonly seconds: number;
  readonly seamfield: Metrics;
  readonly peer?: Standing;
}

function row({ size, seconds, seamfield: ours, peer }: Comparison): string[] {
  return [
    `${size}²`,
    figure(seconds),
    figure(ours.psnr, 'dB'),
    figure(ours.residual),
    figure(ours.steps),
    figure(peer?.gainAndOffsetPsnr, 'dB'),
    figure(peer?.offsetPsnr, 'dB'),
    figure(peer?.steps),
  ];
}

export const publishedRecipe: Bench = {
  name: 'published-recipe',
  claim: 'astronaut from gradients, RGB, against the published recipe in PyTorch for the same seconds',
  async run(context) {
    const { signal, secondsScale } = context;
    const seconds = budgets.map((budget) => budget * secondsScale);
    const { torch } = await peerVersions(signal);
    const notes = new Set([
      torch === undefined
        ? `published-recipe: peer not installed (no PyTorch here): ${installPeer.torch}.`
        : 'published-recipe: the recipe stands where its first step that reached the budget left it.',
    ]);
    const comparisons: Comparison[] = [];
    for (const size of sizes) {
      const peer = torch === undefined ? undefined : await recipe(context, size, seconds);
      if (peer !== undefined && peer.blas !== 'openblas') {
        notes.add(
          `published-recipe: PyTorch ran on a slow BLAS, not a fair comparison: ${installPeer.torch}.`,
        );
      }
      for (const [i, budget] of seconds.entries()) {
        const argv = ['reconstruct', sample('astronaut.png'), '--size', String(size)];
        const ours = await seamfield(signal, ...argv, '--seconds', String(budget));
        const standing = peer?.standings[i];
        comparisons.push({
          size,
          seconds: budget,
          seamfield: ours,
          ...(standing === undefined ? {} : { peer: standing }),
        });
      }
    }
    return {
      tables: [
        {
          title: 'Seamfield and the published recipe, the same picture and seconds',
          columns: [
            'Size',
            'Seconds',
            'Seamfield',
            'residual',
            'steps',
            'Recipe, gain and offset fitted',
            'offset fitted',
            'steps',
          ],
          rows: comparisons.map(row),
        },
      ],
      notes: [...notes],
      figures: comparisons,
    };
  },
};
