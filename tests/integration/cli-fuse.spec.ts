import { describe, expect, it } from 'vitest';
import { file, read, small, smooth, withPictures } from './pictures.ts';
import { seamfield } from './seamfield.ts';

withPictures();

describe('fuse', () => {
  it('is, solved exactly, α·A + (1-α)·B', async () => {
    await smooth(40, 32, 3).negate({ alpha: false }).png().toFile(file('negative.png'));
    const run = await seamfield(
      'fuse',
      file('photo.png'),
      file('negative.png'),
      '--alpha',
      '0.75',
      '--solver',
      'exact',
      '--out',
      file('fused.png'),
      '--json',
    );
    expect(run).toMatchObject({ status: 0, stderr: '' });
    const [a, b, fused] = await Promise.all(['photo.png', 'negative.png', 'fused.png'].map(read));
    const off = Math.max(
      ...fused!.data.map((value, i) => Math.abs(value - (0.75 * a!.data[i]! + 0.25 * b!.data[i]!))),
    );
    expect(off).toBeLessThanOrEqual(0.51);
  });

  it('crops a second image of another shape about its centre, and says so', async () => {
    const run = await seamfield(
      'fuse',
      file('photo.png'),
      file('square.png'),
      '--steps',
      '5',
      '--out',
      file('cropped.png'),
      ...small,
    );
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/^seamfield: square\.png .*cropped.*\n$/);
    expect(run.json).toMatchObject({ width: 40, height: 32 });
    expect(run.json.psnr).toBeGreaterThan(0);
  });
});
