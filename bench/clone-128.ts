import { join } from 'node:path';
import sharp from 'sharp';

import type { FusionMode } from '../src-shared/model/fusion.ts';
import type { Bench } from './bench.ts';
import { commandLineBench } from './command-line-bench.ts';
import { sample } from './seamfield.ts';
import { softDisc } from './soft-disc.ts';

const side = 128;
/** Where the region lands: on the astronaut's suit, half over its badge. */
const at = '70,300';

/** Writes the source, a coffee cup that fills the region, and its mask, a disc with a soft rim. */
async function writeScene(folder: string): Promise<{ source: string; mask: string }> {
  const source = join(folder, 'cup.png');
  const mask = join(folder, 'disc.png');
  await sharp(sample('coffee.png'))
    .resize({ width: 240 })
    .extract({ left: 48, top: 16, width: side, height: side })
    .toFile(source);
  await sharp(softDisc(side, 6), { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toFile(mask);
  return { source, mask };
}

/** A 128² region of coffee cloned onto the astronaut, against the exact solution inside the mask. */
export function clone128(mode: FusionMode): Bench {
  const name = `clone-128-${mode}`;
  return commandLineBench({
    name,
    claim: `a coffee cup on the astronaut's suit, 128² under a soft disc, ${mode}, 20 s`,
    seconds: 20,
    floors: [
      { metric: 'exactPsnr', sense: 'at least', bound: 38, unit: 'dB' },
      { metric: 'maxOutsideDifference', sense: 'at most', bound: 0 },
    ],
    async argv({ folder }) {
      const { source, mask } = await writeScene(folder);
      const files = ['--source', source, '--target', sample('astronaut.png'), '--mask', mask];
      return ['clone', ...files, '--at', at, '--mode', mode, '--out', join(folder, `${name}.png`)];
    },
  });
}
