import type { LinearImage } from '../../../../src-shared/model/image.ts';

/** Grey in three equal channels; a colour image as it is. */
function asColour(image: LinearImage): LinearImage {
  if (image.channels === 3) return image;
  const plane = image.data.length;
  const data = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) data.set(image.data, c * plane);
  return { ...image, channels: 3, data };
}

/** Two images of equally many channels: both in colour where either is. */
export function inColour(a: LinearImage, b: LinearImage): readonly [LinearImage, LinearImage] {
  return a.channels === b.channels ? [a, b] : [asColour(a), asColour(b)];
}
