import type { GuidanceField } from '../../src-shared/model/field.ts';

/**
 * 32 bits that tell one guidance field from another, so that a training is never continued on another picture's. Not
 * against malice: FNV-1a's mixing over 32-bit words, chosen for speed.
 */
export function fingerprintOf({ field, weight }: GuidanceField): number {
  let hash = 0x811c9dc5;
  const mix = (word: number) => {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  };
  const mixArray = (data: Float64Array | Float32Array) => {
    const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    for (let i = 0; i < words.length; i++) mix(words[i]!);
  };
  for (const letter of `${field.kind} ${field.operator}`) mix(letter.charCodeAt(0));
  [field.width, field.height, field.channels].forEach(mix);
  if (field.kind === 'gradient') [field.dx, field.dy].forEach(mixArray);
  else {
    const { left, right, top, bottom } = field.border;
    [field.laplacian, left, right, top, bottom].forEach(mixArray);
  }
  if (weight !== undefined) mixArray(weight);
  return hash >>> 0;
}
