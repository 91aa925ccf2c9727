import { describe, expect, it } from 'vitest';
import { linearToSrgb } from '../../src-shared/model/transfer.ts';
import { displayP3Profile, seeded } from '../../tests/fixtures/make-images.ts';
import { conversionToSrgb, convertSamples } from './colour-conversion.ts';
import type { Samples } from './samples.ts';
import { srgbProfile } from './srgb-profile.ts';

const never = new AbortController().signal;

/** A grey profile whose curve is replaced: the parameters of a `para`, or the entries of a `curv`. */
function greyProfile(type: 'para' | 'curv', kind: number, values: readonly number[]): Buffer {
  const profile = Buffer.concat([srgbProfile('grey'), Buffer.alloc(16)]);
  const at = profile.indexOf('para', 128, 'latin1');
  profile.write(type, at, 'latin1');
  if (type === 'curv') {
    profile.writeUInt32BE(kind, at + 8);
    values.forEach((value, i) => profile.writeUInt16BE(value, at + 12 + 2 * i));
  } else {
    profile.writeUInt16BE(kind, at + 8);
    values.forEach((value, i) => profile.writeInt32BE(Math.round(value * 65536), at + 12 + 4 * i));
  }
  return profile;
}

describe('the conversion to sRGB', () => {
  it('is none without a profile, with sRGB itself, and with a profile for another kind of image', () => {
    expect(conversionToSrgb(undefined, 3)).toEqual({ kind: 'none' });
    expect(conversionToSrgb(srgbProfile('rgb'), 3)).toEqual({ kind: 'none' });
    expect(conversionToSrgb(srgbProfile('grey'), 1)).toEqual({ kind: 'none' });
    expect(conversionToSrgb(srgbProfile('grey'), 3)).toEqual({ kind: 'none' });
    expect(conversionToSrgb(displayP3Profile(), 1)).toEqual({ kind: 'none' });
  });

  it('is a matrix for Display P3 and the colour engine for a profile made of tables', () => {
    const p3 = Buffer.from(displayP3Profile());
    expect(conversionToSrgb(p3, 3).kind).toBe('matrix');
    // The description's tag renamed: a profile with a table, as far as the directory tells.
    p3.write('A2B0', p3.indexOf('desc', 128, 'latin1'), 'latin1');
    expect(conversionToSrgb(p3, 3)).toEqual({ kind: 'engine' });
  });

  it.each([
    ['para', 0, [2.2], (v: number) => v ** 2.2],
    ['para', 1, [2, 1, -0.25], (v: number) => (v >= 0.25 ? (v - 0.25) ** 2 : 0)],
    ['para', 2, [2, 0.75, 0, 0.25], (v: number) => (0.75 * v) ** 2 + 0.25],
    ['para', 3, [2, 1, 0, 0.5, 0.25], (v: number) => (v >= 0.25 ? v ** 2 : v / 2)],
    ['para', 4, [2, 1, 0, 0.5, 0.25, 0.125, 0], (v: number) => (v >= 0.25 ? v ** 2 + 0.125 : v / 2)],
    ['curv', 0, [], (v: number) => v],
    ['curv', 1, [460.8], (v: number) => v ** 1.796875],
    ['curv', 3, [0, 16384, 65535], (v: number) => (v < 0.5 ? v / 2 : 0.25 + (v - 0.5) * 1.5)],
  ] as const)('follows a %s curve of kind or length %i', async (type, kind, values, curve) => {
    const conversion = conversionToSrgb(greyProfile(type, kind, values), 1);
    const samples: Samples = {
      width: 256,
      height: 1,
      channels: 1,
      data: Uint8Array.from({ length: 256 }, (_, i) => i),
    };
    await convertSamples(never, samples, conversion, 'Reading');
    const expected = Array.from({ length: 256 }, (_, i) => 255 * linearToSrgb(Math.min(curve(i / 255), 1)));
    const errors = expected.map((value, i) => Math.abs(value - samples.data[i]!));
    expect(Math.max(...errors)).toBeLessThan(0.52);
  });

  it('leaves alpha alone', async () => {
    const data = Uint8Array.of(200, 100, 50, 77);
    await convertSamples(
      never,
      { width: 1, height: 1, channels: 4, data },
      conversionToSrgb(displayP3Profile(), 3),
      'Reading',
    );
    expect([...data]).toEqual([215, 93, 31, 77]);
  });

  it('of a damaged profile is one of the four kinds, whatever the damage', () => {
    const next = seeded(8);
    for (let run = 0; run < 3000; run++) {
      const colours = run % 2 === 0 ? 3 : 1;
      const profile = Uint8Array.from(colours === 3 ? displayP3Profile() : srgbProfile('grey'));
      for (let hit = 0; hit < 6; hit++)
        profile[Math.floor(next() * profile.length)] = Math.floor(next() * 256);
      const whole = profile.subarray(0, next() < 0.2 ? Math.floor(next() * profile.length) : profile.length);
      expect(['none', 'engine', 'grey', 'matrix']).toContain(conversionToSrgb(whole, colours).kind);
    }
  });

  it('of a curve that claims more entries than there are is none', () => {
    const profile = greyProfile('curv', 0x7fffffff, []);
    expect(conversionToSrgb(profile, 1)).toEqual({ kind: 'none' });
  });
});
