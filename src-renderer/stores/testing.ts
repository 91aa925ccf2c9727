/** A photograph that a spec has open, as the host told of it. */
export const openImage = {
  id: 'i',
  name: 'a.png',
  width: 512,
  height: 300,
  channels: 3,
  bitDepth: 8,
  hasAlpha: false,
} as const;
