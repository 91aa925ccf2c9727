import type { Coverage } from './coverage.ts';
import type { Pixels } from './wand.ts';

/** Rec. 709's weights, on values as stored, as the host reads a mask: a share is no colour. */
const luma = [0.2126, 0.7152, 0.0722] as const;

/** White covers, black does not, grey in between; times alpha. */
export function luminanceOf({ width, height, data }: Pixels): Coverage {
  const [red, green, blue] = luma;
  const shares = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < shares.length; i++, at += 4) {
    const grey = red * data[at]! + green * data[at + 1]! + blue * data[at + 2]!;
    shares[i] = Math.round((grey * data[at + 3]!) / 255);
  }
  return { x: 0, y: 0, width, height, data: shares };
}

/** What is opaque covers. */
export function alphaOf({ width, height, data }: Pixels): Coverage {
  const shares = new Uint8Array(width * height);
  for (let i = 0; i < shares.length; i++) shares[i] = data[4 * i + 3]!;
  return { x: 0, y: 0, width, height, data: shares };
}
