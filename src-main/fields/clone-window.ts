import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { LandedLayer } from './landed-layer.ts';
import { landingBox } from './landing-box.ts';
import { union, type Rectangle } from './raster.ts';

type Lying = Pick<LandedLayer, 'source' | 'mask' | 'placement'>;

/**
 * The smallest rectangle of the target around what every layer's mask selects of it. A layer that selects nothing, or
 * nothing on the target, takes no part as long as another one does.
 *
 * @throws SeamfieldError as `landingBox` does, its details' `layer` the index of the layer it is about.
 */
export function landedRegion(target: Size, layers: readonly Lying[]): Rectangle {
  let region: Rectangle | undefined;
  let refusal: SeamfieldError | undefined;
  layers.forEach(({ source, mask, placement }, layer) => {
    try {
      const box = landingBox(target, source, mask, placement);
      region = region === undefined ? box : union(region, box);
    } catch (thrown) {
      const { code, message, details } = SeamfieldError.from(thrown);
      const error = new SeamfieldError(code, message, { ...details, layer });
      if (code !== 'empty-mask' && code !== 'nothing-to-clone') throw error;
      refusal ??= error;
    }
  });
  if (region !== undefined) return region;
  throw (
    refusal ?? new SeamfieldError('nothing-to-clone', 'There is no layer to clone; place a source first.')
  );
}

/**
 * A region with `margin` pixels of target around it, less where the image ends.
 *
 * @throws SeamfieldError `bad-option` for a margin that is no whole number of at least 1.
 */
export function windowAround(region: Rectangle, margin: number, target: Size): Rectangle {
  if (!Number.isInteger(margin) || margin < 1) {
    throw new SeamfieldError(
      'bad-option',
      `The margin around the mask is ${margin}; give a whole number of pixels, at least 1.`,
      { margin },
    );
  }
  const x = Math.max(0, region.x - margin);
  const y = Math.max(0, region.y - margin);
  return {
    x,
    y,
    width: Math.min(target.width, region.x + region.width + margin) - x,
    height: Math.min(target.height, region.y + region.height + margin) - y,
  };
}
