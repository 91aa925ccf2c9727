/**
 * Large pictures for the exact solver, out of photographs of half a thousand pixels: repeated by reflection, so that
 * they keep a photograph's detail at every pixel.
 */
import sharp from 'sharp';

import type { Samples } from '../src-main/imaging/samples.ts';
import { sample } from './seamfield.ts';

export interface SolverScene {
  readonly side: number;
  readonly source: Samples;
  readonly target: Samples;
  /** [side, side]; 255 inside, 0 outside. */
  readonly mask: Uint8Array;
}

/** RGB samples of a square picture repeated by reflection to a larger square. */
export function mirrored(tile: Uint8Array, tileSide: number, side: number): Uint8Array {
  const reflect = (i: number) => {
    const place = i % (2 * tileSide);
    return place < tileSide ? place : 2 * tileSide - 1 - place;
  };
  const out = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = 3 * (reflect(y) * tileSide + reflect(x));
      for (let c = 0; c < 3; c++) out[3 * (y * side + x) + c] = tile[from + c]!;
    }
  }
  return out;
}

/** A free-form region about the middle of so many pixels (to rounding), clear of the border; [side, side], 255 inside. */
export function freeFormMask(side: number, pixels: number): Uint8Array {
  // The area within r(θ) = radius·(1 + ¹⁄₁₀ cos 3θ + ¹⁄₂₀ sin 5θ) is π·radius²·(1 + (0.1² + 0.05²)/2).
  const radius = Math.sqrt(pixels / Math.PI / (1 + (0.1 ** 2 + 0.05 ** 2) / 2));
  const centre = (side - 1) / 2;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) - centre;
    const y = Math.floor(i / side) - centre;
    const angle = Math.atan2(y, x);
    const limit = radius * (1 + 0.1 * Math.cos(3 * angle) + 0.05 * Math.sin(5 * angle));
    return Math.hypot(x, y) < limit ? 255 : 0;
  });
}

async function picture(name: string, side: number): Promise<Samples> {
  const tile = await sharp(sample(name))
    .resize({ width: 512, height: 512 })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return { width: side, height: side, channels: 3, data: mirrored(tile, 512, side) };
}

export async function solverScene(side: number, maskPixels: number): Promise<SolverScene> {
  return {
    side,
    source: await picture('coffee.png', side),
    target: await picture('astronaut.png', side),
    mask: freeFormMask(side, maskPixels),
  };
}
