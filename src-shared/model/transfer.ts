/**
 * The transfer curve of sRGB, IEC 61966-2-1: how an encoded value relates to light, both nominally 0…1.
 *
 * Outside 0…1 the linear toe and the power are simply continued, so that small overshoots survive a round trip.
 */
export function srgbToLinear(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

/** The inverse of `srgbToLinear`: an encoded value for a linear one. */
export function linearToSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}
