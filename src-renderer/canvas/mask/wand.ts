import type { Point } from '../camera.ts';
import type { Coverage } from './coverage.ts';
import { nowhere, type Rectangle } from './rectangle.ts';

export interface WandSettings {
  /** Distance in OKLab, where black and white are 1 apart, up to which a colour counts as the same. */
  readonly tolerance: number;
  /** Only what hangs together with the pixel clicked; otherwise everywhere in the picture. */
  readonly contiguous: boolean;
}

/** A picture's bytes, RGBA, row-major. Alpha is not looked at. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** At so many tolerances a pixel at the selection's rim has nothing of the colour any more. */
const rimReach = 1.5;

/**
 * What has the colour of the pixel `seed`, a pixel's distance in OKLab being no more than the tolerance; hanging
 * together means through sides of pixels.
 *
 * Just outside, where a pixel shares a side with the selection, it is covered by how near its colour is, for at a soft
 * edge such a pixel is a mixture.
 */
export function wand(pixels: Pixels, seed: Point, settings: WandSettings): Coverage {
  const { width, height, data } = pixels;
  const origin = 4 * (seed.y * width + seed.x);
  const share =
    width * height < remembering
      ? shareOf(data, origin, settings.tolerance)
      : remembered(data, shareOf(data, origin, settings.tolerance));
  const inside = new Uint8Array(width * height);
  const bounds = settings.contiguous
    ? flood(width, height, seed, (pixel) => share(4 * pixel) === 255, inside)
    : everywhere(width, height, (pixel) => share(4 * pixel) === 255, inside);
  return rimmed(inside, width, height, bounds, (pixel) => share(4 * pixel));
}

/** OKLab (Ottosson 2020) of an sRGB colour of bytes. */
export function okLab(red: number, green: number, blue: number): readonly [number, number, number] {
  const [r, g, b] = [linear[red]!, linear[green]!, linear[blue]!];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** sRGB's bytes as linear light. */
const linear = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** How near the colour at an offset is to that at `origin`: 255 within the tolerance, then down to 0. */
function shareOf(data: Pixels['data'], origin: number, tolerance: number): (at: number) => number {
  const [L, a, b] = okLab(data[origin]!, data[origin + 1]!, data[origin + 2]!);
  // Rounding must not part a colour from itself.
  const within = tolerance + 1e-9;
  return (at) => {
    const [L2, a2, b2] = okLab(data[at]!, data[at + 1]!, data[at + 2]!);
    const distance = Math.hypot(L2 - L, a2 - a, b2 - b);
    if (distance <= within) return 255;
    const t = (rimReach * within - distance) / ((rimReach - 1) * within);
    return Math.max(0, Math.min(254, Math.round(255 * t)));
  };
}

/** From so many pixels on it pays to work each colour out once: a photograph has far fewer colours than pixels. */
const remembering = 2 ** 20;

function remembered(data: Pixels['data'], share: (at: number) => number): (at: number) => number {
  const seen = new Int16Array(2 ** 24).fill(-1);
  return (at) => {
    const colour = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    const known = seen[colour]!;
    return known >= 0 ? known : (seen[colour] = share(at));
  };
}

function everywhere(
  width: number,
  height: number,
  belongs: (pixel: number) => boolean,
  inside: Uint8Array,
): Rectangle {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (!belongs(pixel)) continue;
      inside[pixel] = 255;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? nowhere : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Marks what belongs and hangs together with `seed` through sides, a whole run of a row at a time. */
export function flood(
  width: number,
  height: number,
  seed: Point,
  belongs: (pixel: number) => boolean,
  inside: Uint8Array,
): Rectangle {
  const wanted = (pixel: number) => inside[pixel] === 0 && belongs(pixel);
  if (!wanted(seed.y * width + seed.x)) return nowhere;
  const waiting = [seed.y * width + seed.x];
  let [left, top, right, bottom] = [seed.x, seed.y, seed.x, seed.y];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (inside[next] !== 0) continue;
    const y = Math.floor(next / width);
    let [from, to] = [next, next];
    while (from > y * width && wanted(from - 1)) from--;
    while (to + 1 < (y + 1) * width && wanted(to + 1)) to++;
    inside.fill(255, from, to + 1);
    left = Math.min(left, from - y * width);
    right = Math.max(right, to - y * width);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    for (const step of [-width, width]) {
      if (y + Math.sign(step) < 0 || y + Math.sign(step) >= height) continue;
      let before = false;
      for (let pixel = from + step; pixel <= to + step; pixel++) {
        const here = wanted(pixel);
        // The first of a run stands for all of it.
        if (here && !before) waiting.push(pixel);
        before = here;
      }
    }
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The selection within its bounds and a pixel around, and its rim. */
function rimmed(
  inside: Uint8Array,
  width: number,
  height: number,
  bounds: Rectangle,
  share: (pixel: number) => number,
): Coverage {
  const x = Math.max(bounds.x - 1, 0);
  const y = Math.max(bounds.y - 1, 0);
  const right = Math.min(bounds.x + bounds.width + 1, width);
  const bottom = Math.min(bounds.y + bounds.height + 1, height);
  const data = new Uint8Array((right - x) * (bottom - y));
  for (let row = y, to = 0; row < bottom; row++) {
    for (let column = x; column < right; column++, to++) {
      const pixel = row * width + column;
      if (inside[pixel] !== 0) data[to] = 255;
      else if (
        (column > 0 && inside[pixel - 1] !== 0) ||
        (column + 1 < width && inside[pixel + 1] !== 0) ||
        (row > 0 && inside[pixel - width] !== 0) ||
        (row + 1 < height && inside[pixel + width] !== 0)
      ) {
        data[to] = share(pixel);
      }
    }
  }
  return { x, y, width: right - x, height: bottom - y, data };
}
