import type { LinearImage, Size } from '../../../../src-shared/model/image.ts';

/** The largest size within `within` that has the shape (width to height) of `like`, to the nearest pixel. */
export function largestOfShape(within: Size, like: Size): Size {
  const scale = Math.min(within.width / like.width, within.height / like.height);
  const side = (n: number, limit: number) => Math.min(limit, Math.max(1, Math.round(n * scale)));
  return { width: side(like.width, within.width), height: side(like.height, within.height) };
}

/** The middle of an image. `size` must fit in it. */
export function centreCrop(image: LinearImage, { width, height }: Size): LinearImage {
  if (width === image.width && height === image.height) return image;
  const left = Math.floor((image.width - width) / 2);
  const top = Math.floor((image.height - height) / 2);
  const cut = (planes: Float32Array, count: number) => {
    const out = new Float32Array(count * width * height);
    for (let row = 0; row < count * height; row++) {
      const from = (Math.floor(row / height) * image.height + top + (row % height)) * image.width + left;
      out.set(planes.subarray(from, from + width), row * width);
    }
    return out;
  };
  const cropped = { ...image, width, height, data: cut(image.data, image.channels) };
  return image.alpha === undefined ? cropped : { ...cropped, alpha: cut(image.alpha, 1) };
}
