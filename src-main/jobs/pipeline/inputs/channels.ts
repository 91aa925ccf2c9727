import type { LinearImage } from '../../../../src-shared/model/image.ts';

/** Grey in three equal channels; a colour image as it is. */
export function asColour(image: LinearImage): LinearImage {
  if (image.channels === 3) return image;
  const plane = image.data.length;
  const data = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) data.set(image.data, c * plane);
  return { ...image, channels: 3, data };
}

/** The luminance (Rec. 709's weights) of a colour image, on its values as encoded; a grey one as it is. */
export function asGrey(image: LinearImage): LinearImage {
  if (image.channels === 1) return image;
  const plane = image.data.length / 3;
  const data = Float32Array.from(
    { length: plane },
    (_, i) => 0.2126 * image.data[i]! + 0.7152 * image.data[plane + i]! + 0.0722 * image.data[2 * plane + i]!,
  );
  return { ...image, channels: 1, data };
}

/** Two images of equally many channels: both in colour where either is. */
export function inColour(a: LinearImage, b: LinearImage): readonly [LinearImage, LinearImage] {
  return a.channels === b.channels ? [a, b] : [asColour(a), asColour(b)];
}
