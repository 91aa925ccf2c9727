import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeSamples } from '../../src-main/imaging/decode-samples.ts';
import type { Samples } from '../../src-main/imaging/samples.ts';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { JobProcess } from '../../src-main/jobs/process.ts';
import type { WorkingArea } from '../../src-main/jobs/protocol.ts';
import type { CloneLayer, CloneTask } from '../../src-main/jobs/tasks.ts';
import type { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { identity, type Transform } from '../../src-shared/model/composition.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import { noise8 } from '../fixtures/make-images.ts';
import { file, paintMask, read, smooth, withPictures } from './pictures.ts';
import { built } from './seamfield.ts';

withPictures();

const never = new AbortController().signal;
const launch = forkLauncher(built('main/worker.js'));
const named = (name: string) => ({ path: file(name), name });

interface Result {
  readonly area: WorkingArea;
  readonly metrics: Metrics;
  readonly picture: Samples;
  readonly maxOutsideDifference: number | undefined;
}

/** A clone in a process of its own, and its picture as PNG. */
async function blend(
  target: string,
  layers: readonly CloneLayer[],
  options: Partial<CloneTask> = {},
): Promise<Result> {
  let area: WorkingArea = { width: 0, height: 0 };
  let settle: { done: (metrics: Metrics) => void; fail: (error: SeamfieldError) => void };
  const finished = new Promise<Metrics>((done, fail) => (settle = { done, fail }));
  const job = new JobProcess(launch, {
    started: (known) => void (area = known),
    finished: (metrics) => settle.done(metrics),
    failed: (error) => settle.fail(error),
  });
  try {
    const composition = { target: named(target), layers: [...layers] };
    job.begin({ kind: 'clone', composition, budget: { steps: 1 }, solver: 'exact', ...options });
    const metrics = await finished;
    const { bytes, maxOutsideDifference } = await job.ask({ kind: 'picture', format: 'png', view: 'value' });
    const picture = await decodeSamples(never, { bytes, name: 'the result' });
    return { area, metrics, picture, maxOutsideDifference };
  } finally {
    await job.cancel();
  }
}

const layer = (changes: Partial<CloneLayer> = {}, transform: Partial<Transform> = {}): CloneLayer => ({
  source: named('source.png'),
  mask: named('mask.png'),
  transform: { ...identity, x: 8, y: 6, ...transform },
  mode: 'import',
  ...changes,
});
/** The pixels of two pictures that differ, as 'x y'. */
function differing(a: Samples, b: Samples): Set<string> {
  const places = new Set<string>();
  a.data.forEach((value, i) => {
    const pixel = Math.floor(i / a.channels);
    if (value !== b.data[i]) places.add(`${pixel % a.width} ${Math.floor(pixel / a.width)}`);
  });
  return places;
}

describe('a composition of layers', () => {
  it('changes each layer’s own region, and no pixel outside all of them', async () => {
    const disc = (cx: number, cy: number) => (x: number, y: number) => (x - cx) ** 2 + (y - cy) ** 2 < 49;
    const [left, right] = [disc(12, 12), disc(28, 20)];
    const { picture, maxOutsideDifference } = await blend('photo.png', [
      layer({}, { x: 0, y: 2 }),
      layer({ mode: 'mixed' }, { x: 16, y: 10 }),
    ]);
    expect(maxOutsideDifference).toBe(0);
    const places = [...differing(await read('photo.png'), picture)].map((place) =>
      place.split(' ').map(Number),
    );
    expect(places.every(([x, y]) => left(x!, y!) || right(x!, y!))).toBe(true);
    expect(places.some(([x, y]) => left(x!, y!) && !right(x!, y!))).toBe(true);
    expect(places.some(([x, y]) => right(x!, y!) && !left(x!, y!))).toBe(true);
  });

  it('takes its layers from the bottom to the top', async () => {
    await sharp(noise8(24 * 20 * 3, 9), { raw: { width: 24, height: 20, channels: 3 } })
      .png()
      .toFile(file('other.png'));
    const [a, b] = [layer(), layer({ source: named('other.png') })];
    const [alone, onTop, below] = await Promise.all([
      blend('photo.png', [b]),
      blend('photo.png', [a, b]),
      blend('photo.png', [b, a]),
    ]);
    expect(differing(alone.picture, onTop.picture).size).toBe(0);
    expect(differing(alone.picture, below.picture).size).toBeGreaterThan(50);
  });

  it.each([
    ['import', 'photo.png'],
    ['mixed', 'photo.png'],
    ['average', 'photo.png'],
    ['monochrome', 'grey.png'],
    ['import', 'deep.png'],
    ['mixed', 'deep.png'],
  ] as const)('of the target on itself by %s is the target to the bit: %s', async (mode, target) => {
    await paintMask('cover.png', 40, 32, () => true);
    await paintMask('middle.png', 40, 32, (x, y) => x > 9 && y > 9 && x < 30 && y < 25);
    const own = (mask: string) => layer({ source: named(target), mask: named(mask), mode }, { x: 0, y: 0 });
    for (const layers of [[own('cover.png')], [own('middle.png')], [own('middle.png'), own('cover.png')]]) {
      const { picture } = await blend(target, layers);
      expect(differing(await read(target), picture).size).toBe(0);
    }
  });

  it.each([
    ['mirrored', { flipX: true }],
    ['turned by half', { rotation: 180 }],
    ['inside out', { flipX: true, flipY: true, rotation: 90 }],
  ])('of the target %s under its own inverse is the target again', async (_, changes) => {
    await paintMask('corner.png', 32, 32, (x, y) => x + y < 40);
    await smooth(32, 32, 3).png().toFile(file('even.png'));
    const { rotation = 0, flipX = false, flipY = false } = { ...changes } as Partial<Transform>;
    const turned = sharp(file('even.png')).flip(flipY).flop(flipX);
    // The file is what the transform makes of it undone: turned back first, and mirrored then.
    await sharp(await turned.png().toBuffer())
      .rotate(flipX === flipY ? -rotation : rotation)
      .png()
      .toFile(file('undone.png'));
    const own = layer({ source: named('undone.png'), mask: named('corner.png') }, { x: 0, y: 0, ...changes });
    const { picture } = await blend('even.png', [own]);
    expect(differing(await read('even.png'), picture).size).toBe(0);
  });

  it.each([
    ['turned', { rotation: 37 }],
    ['enlarged and turned inside out', { scale: 1.8, rotation: -100, flipX: true, flipY: true }],
    ['reduced', { scale: 0.45 }],
    ['placed half outside', { x: -12, y: 20, rotation: 15 }],
  ])('leaves every pixel outside as it was with a source %s', async (_, transform) => {
    const { picture, maxOutsideDifference } = await blend('deep.png', [layer({}, transform)]);
    expect(maxOutsideDifference).toBe(0);
    const places = differing(await read('deep.png'), picture);
    expect(places.size).toBeGreaterThan(10);
    expect(places.size).toBeLessThan(700);
  });

  it.each<[string, (x: number, y: number) => boolean]>([
    ['touches the border', (x) => x < 9],
    ['has a hole', (x, y) => Math.abs(Math.hypot(x - 12, y - 10) - 6) < 3],
    ['is in pieces', (x, y) => x % 8 < 3 && y % 7 < 3],
    ['is one pixel large', (x, y) => x === 12 && y === 10],
  ])('takes a mask that %s', async (_, isWhite) => {
    await paintMask('odd.png', 24, 20, isWhite);
    for (const transform of [
      { x: 0, y: 0 },
      { x: 4.5, y: 2, rotation: 20 },
    ]) {
      const { picture, maxOutsideDifference } = await blend('photo.png', [
        layer({ mask: named('odd.png') }, transform),
      ]);
      expect(maxOutsideDifference).toBe(0);
      expect(differing(await read('photo.png'), picture).size).toBeGreaterThan(0);
    }
  });

  it('passes over a layer whose mask is black, and refuses where none is left', async () => {
    const black = layer({ mask: named('black.png') });
    const [both, alone] = await Promise.all([
      blend('photo.png', [black, layer()]),
      blend('photo.png', [layer()]),
    ]);
    expect(differing(both.picture, alone.picture).size).toBe(0);
    await expect(blend('photo.png', [black])).rejects.toMatchObject({ code: 'empty-mask' });
    await expect(blend('photo.png', [layer({}, { x: 100.5 })])).rejects.toMatchObject({
      code: 'nothing-to-clone',
    });
  });

  it('is previewed exactly at the size asked for, and says what of the target that covers', async () => {
    await smooth(200, 160, 3).png().toFile(file('large.png'));
    await sharp(file('large.png')).flop().png().toFile(file('large-source.png'));
    await paintMask('large-mask.png', 200, 160, (x, y) => (x - 100) ** 2 + (y - 80) ** 2 < 60 ** 2);
    const large = layer(
      { source: named('large-source.png'), mask: named('large-mask.png') },
      { x: 10, y: 5, rotation: 10 },
    );
    const composition = { target: named('large.png'), layers: [large] };
    const viewer = new JobProcess(launch);
    try {
      const whole = await viewer.ask({ kind: 'clone-exact', composition });
      const small = await viewer.ask({ kind: 'clone-exact', composition, size: 64 });
      expect(whole.full).toEqual({ width: whole.width, height: whole.height });
      expect(Math.max(small.width, small.height)).toBe(64);
      expect(small.full.width).toBeGreaterThan(120);
      let squares = 0;
      for (let y = 0; y < small.height; y++) {
        for (let x = 0; x < small.width; x++) {
          const at = (length: number, full: number, i: number) => ((i + 0.5) * full) / length - 0.5;
          const column = Math.round(at(small.width, small.full.width, x)) + small.at.x - whole.at.x;
          const row = Math.round(at(small.height, small.full.height, y)) + small.at.y - whole.at.y;
          if (column < 0 || row < 0 || column >= whole.width || row >= whole.height) continue;
          const [seen, full] = [
            small.data[4 * (y * small.width + x)]!,
            whole.data[4 * (row * whole.width + column)]!,
          ];
          squares += ((seen - full) / 255) ** 2;
        }
      }
      expect(Math.sqrt(squares / (small.width * small.height))).toBeLessThan(0.04);
    } finally {
      await viewer.cancel();
    }
  });

  it('is trained as one network on one window', async () => {
    const { area, metrics, maxOutsideDifference } = await blend(
      'photo.png',
      [layer({}, { x: 0, y: 2 }), layer({ mode: 'average', alpha: 0.4 }, { x: 16, y: 10, rotation: 30 })],
      { solver: 'siren', budget: { steps: 20 }, hidden: 16, layers: 2, threads: 1, seed: 3 },
    );
    expect(maxOutsideDifference).toBe(0);
    expect(area).toMatchObject({ at: { x: 0, y: 0 } });
    expect(metrics.exactPsnr).toBeGreaterThan(0);
    expect(metrics).not.toHaveProperty('psnr');
  });
});
