import { join } from 'node:path';
import sharp from 'sharp';

import type { FusionMode } from '../src-shared/model/fusion.ts';
import type { Bench } from './bench.ts';
import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';
import { softDisc } from './soft-disc.ts';

/** Where the region lands on the astronaut, by its side: on the suit, half over the badge; over suit and flag. */
const places = { 64: '110,330', 128: '70,300', 256: '30,200' } as const;
export type SceneSide = keyof typeof places;

/**
 * What stands on the command line for a coffee cup cloned onto the astronaut under a disc with a soft rim. Writes its
 * files into `folder`.
 */
export async function cloneScene(folder: string, side: SceneSide, mode: FusionMode): Promise<string[]> {
  const source = join(folder, `cup-${side}.png`);
  const mask = join(folder, `disc-${side}.png`);
  const scale = side / 128;
  await sharp(sample('coffee.png'))
    .resize({ width: Math.round(240 * scale) })
    .extract({ left: Math.round(48 * scale), top: Math.round(16 * scale), width: side, height: side })
    .toFile(source);
  await sharp(softDisc(side, 6 * scale), { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toFile(mask);
  const files = ['--source', source, '--target', sample('astronaut.png'), '--mask', mask];
  return ['clone', ...files, '--at', places[side], '--mode', mode];
}

/** The network's clone against the exact solution inside the mask. */
export function cloneBench(side: SceneSide, mode: FusionMode, bound: number): Bench {
  const name = `clone-${side}-${mode}`;
  return commandLineBench({
    name,
    claim: `a coffee cup on the astronaut's suit, ${side}² under a soft disc, ${mode}, 20 s`,
    seconds: 20,
    floors: [
      { metric: 'exactPsnr', sense: 'at least', bound, unit: 'dB' },
      { metric: 'maxOutsideDifference', sense: 'at most', bound: 0 },
    ],
    argv: async ({ folder }) => [
      ...(await cloneScene(folder, side, mode)),
      '--out',
      join(folder, `${name}.png`),
    ],
  });
}
