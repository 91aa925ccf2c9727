import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeSamples } from '../../src-main/imaging/decode-samples.ts';
import { cutSamples } from '../../src-main/imaging/samples.ts';
import type { Samples } from '../../src-main/imaging/samples.ts';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { JobProcess } from '../../src-main/jobs/process.ts';
import type { Work } from '../../src-main/jobs/protocol.ts';
import type { PictureQuestion } from '../../src-main/jobs/questions.ts';
import { identity } from '../../src-shared/model/composition.ts';
import { depthsOf, pictureFormats } from '../../src-shared/model/picture-file.ts';
import { file, read, smooth, withPictures } from './pictures.ts';
import { built } from './seamfield.ts';
import { until } from '../until.ts';

withPictures();

const never = new AbortController().signal;
const value = { kind: 'picture', format: 'png', view: 'value' } as const;
let job: JobProcess;
/** The target in 16 bits, and the whole result in 16 bits without loss. */
let target: Samples;
let whole: Samples;

const ask = (changes: Partial<PictureQuestion>) => job.ask({ ...value, ...changes });
const decoded = async (changes: Partial<PictureQuestion>) =>
  decodeSamples(never, { bytes: (await ask(changes)).bytes, name: 'the export' });
const isOutside = (i: number) => {
  const [x, y] = [Math.floor(i / 3) % 80, Math.floor(i / 3 / 80)];
  return (x - 12 - 30) ** 2 + (y - 10 - 20) ** 2 >= 49;
};
/** Of samples in 0…1. */
const farthest = (a: Samples, b: Samples) => {
  const [p, q] = [a, b].map(({ data }) => (data instanceof Uint8Array ? 255 : 65535));
  return Math.max(...Array.from(a.data, (sample, i) => Math.abs(sample / p! - b.data[i]! / q!)));
};

beforeAll(async () => {
  await smooth(80, 64, 3, 16).png().toFile(file('wave.png'));
  const settled = vi.fn<(error?: unknown) => void>();
  job = new JobProcess(forkLauncher(built('main/worker.js')), { finished: () => settled(), failed: settled });
  const named = (name: string) => ({ path: file(name), name });
  const layer = {
    source: named('source.png'),
    mask: named('mask.png'),
    transform: { ...identity, x: 30, y: 20 },
    mode: 'import',
  } as const;
  const composition = { target: named('wave.png'), layers: [layer] };
  const network = { hidden: 16, layers: 2, threads: 1, seed: 7 };
  // On fewer pixels than the region has, so that its detail is carried.
  job.begin({ kind: 'clone', composition, size: 12, budget: { steps: 20 }, ...network });
  await until(() => expect(settled).toHaveBeenCalled());
  expect(settled).toHaveBeenCalledWith();
  target = await read('wave.png');
  whole = await decoded({});
});
afterAll(() => job.cancel());

describe('a clone, exported', () => {
  const every = pictureFormats.flatMap((format) =>
    depthsOf[format].map((bitDepth) => ({ format, bitDepth })),
  );

  it.each(every)(
    'as $format of $bitDepth bits is the result, and outside the mask the target',
    async (as) => {
      const isExact = !['jpeg', 'avif'].includes(as.format);
      const written = await decoded({ ...as, ...(!isExact && { quality: 100 }) });
      expect([written.width, written.height, written.data instanceof Uint16Array]).toEqual([
        80,
        64,
        as.bitDepth > 8,
      ]);
      const step = 1 / (2 ** as.bitDepth - 1);
      expect(farthest(written, whole)).toBeLessThan(isExact ? 0.501 * step : 8 * Math.max(step, 1 / 1023));
      if (!isExact) return;
      const held = (sample: number) => (as.bitDepth === 16 ? sample : Math.round(sample / 257));
      const changed = written.data.filter((sample, i) => isOutside(i) && sample !== held(target.data[i]!));
      expect(changed).toHaveLength(0);
      expect(written.data.some((sample, i) => sample !== held(target.data[i]!))).toBe(true);
    },
  );

  it('is smaller at a lower quality', async () => {
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      const [low, high] = await Promise.all([10, 95].map((quality) => ask({ format, quality })));
      expect(low!.bytes.length).toBeLessThan(high!.bytes.length);
    }
  });

  it('is cut to what the network covers, or to any rectangle, sample by sample', async () => {
    const region = { x: 3, y: 5, width: 41, height: 30 };
    expect(await decoded({ region, bitDepth: 16, format: 'tiff' })).toEqual(cutSamples(whole, region));
    const covered = await decoded({ region: true });
    expect(covered.width).toBeLessThan(40);
    const places = Array.from({ length: 80 * 64 }, (_, i) => ({ x: i % 80, y: Math.floor(i / 80) }));
    const { width, height } = covered;
    const found = places
      .filter(({ x, y }) => x + width <= 80 && y + height <= 64)
      .filter(({ x, y }) => farthest(cutSamples(whole, { x, y, width, height }), covered) === 0);
    expect(found).toHaveLength(1);
  });

  it('is resampled at a scale, all of it and a part', async () => {
    const half = await decoded({ scale: 0.5, bitDepth: 16 });
    expect([half.width, half.height]).toEqual([40, 32]);
    const averaged = await sharp(whole.data, { raw: { width: 80, height: 64, channels: 3 } })
      .toColourspace('rgb16')
      .resize(40, 32, { kernel: 'lanczos3' })
      .raw({ depth: 'ushort' })
      .toBuffer();
    expect(Buffer.from(half.data.buffer).equals(averaged)).toBe(true);
    const part = await decoded({ region: { x: 0, y: 0, width: 10, height: 6 }, scale: 2 });
    expect([part.width, part.height]).toEqual([20, 12]);
  });

  it('comes to the screen and the clipboard as the same pixels', async () => {
    const region = { x: 20, y: 10, width: 30, height: 40 };
    const shown = await job.ask({ kind: 'picture-pixels', view: 'value', region });
    const written = await decoded({ region, format: 'webp' });
    expect([shown.width, shown.height]).toEqual([30, 40]);
    expect(shown.data.filter((_, i) => i % 4 < 3)).toEqual(written.data);
  });
});

describe('what is inspected of a clone, exported', () => {
  it.each([
    { of: 'paste', view: 'value', format: 'tiff', bitDepth: 16 },
    { of: 'exact', view: 'value', format: 'png', bitDepth: 16 },
    { of: 'network', minus: 'exact', view: 'value', format: 'webp' },
    { of: 'guidance', view: 'direction', format: 'png' },
    { of: 'residual', view: 'magnitude', format: 'avif', bitDepth: 12 },
    { of: 'network', view: 'laplacian', format: 'jpeg' },
  ] as const)('$of as $format has the network’s size times the scale', async (pictured) => {
    const [own, twice] = await Promise.all([decoded(pictured), decoded({ ...pictured, scale: 2 })]);
    expect(Math.max(own.width, own.height)).toBe(12);
    expect([twice.width, twice.height]).toEqual([2 * own.width, 2 * own.height]);
    expect(own.data instanceof Uint16Array).toBe('bitDepth' in pictured);
  });

  it('repeats the pixels of false colours, and evaluates the network between its own', async () => {
    const [own, twice] = await Promise.all(
      [1, 2].map((scale) => decoded({ of: 'residual', view: 'magnitude', scale })),
    );
    const at = ({ data, width }: Samples, x: number, y: number) =>
      data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3);
    expect(at(twice!, 7, 9)).toEqual(at(own!, 3, 4));
    const finer = await decoded({ of: 'network', scale: 3 });
    const network = await decoded({ of: 'network' });
    // Every third point of it is a pixel's centre.
    expect(farthest({ ...finer, data: at(finer, 13, 10) }, { ...network, data: at(network, 4, 3) })).toBe(0);
    expect(at(finer, 14, 10)).not.toEqual(at(finer, 13, 10));
  });
});

describe('an export that can’t be', () => {
  it.each([
    [{ format: 'jpeg', bitDepth: 16 }, 'JPEG has no 16-bit samples here; use PNG or TIFF, or 8 bits.'],
    [{ format: 'png', bitDepth: 10 }, 'PNG has no 10-bit samples here; choose 8 or 16 bits.'],
    [{ format: 'avif', bitDepth: 16 }, 'use PNG or TIFF, or 8, 10 or 12 bits.'],
    [{ format: 'tiff', quality: 50 }, 'TIFF is written without loss and takes no quality.'],
    [{ region: { x: 70, y: 0, width: 20, height: 4 } }, 'beyond the target, which has 80×64 pixels'],
    [{ region: true, view: 'dx' }, 'Only a clone’s own values have a region'],
    [{ region: true, of: 'paste' }, 'is the region already'],
    [{ of: 'residual' }, 'supervised by gradients'],
  ] as const)('is refused before any work: %o', async (changes, why) => {
    const work: Work[] = [];
    const refused = job.ask({ ...value, ...changes }, { work: (told) => work.push(told) });
    await expect(refused).rejects.toThrow(why);
    expect(work.map(({ stage }) => stage)).not.toContain('writing');
  });

  it('tells of its work, and is dropped at once where nobody wants it any more', async () => {
    const work: Work[] = [];
    await job.ask({ ...value, of: 'network', scale: 16 }, { work: (told) => work.push(told) });
    expect(work[0]).toMatchObject({ stage: 'computing' });
    expect(work.at(-1)).toMatchObject({ stage: 'writing' });
    const own = new AbortController();
    const dropped = job.ask(
      { ...value, of: 'network', scale: 16, view: 'laplacian' },
      { signal: own.signal, work: () => own.abort() },
    );
    await expect(dropped).rejects.toMatchObject({ code: 'cancelled' });
    expect(await decoded({})).toEqual(whole);
  });
});
