import type { FusionMode } from '../../src-shared/model/fusion.ts';
import type { Placement } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import type { Raster } from './raster.ts';

/** A layer of a composition, its pixels on the target's grid. */
export interface LandedLayer {
  readonly source: Raster;
  /** Of the source's size. */
  readonly mask: Mask;
  /** [height, width]; 1 where the source has a pixel, as a turned one has not everywhere. All where absent. */
  readonly covered?: Uint8Array;
  /** Where the top-left pixel of both lies on the target; may be negative. */
  readonly placement: Placement;
  readonly mode: FusionMode;
  /** The source's share in `average`, 0…1. */
  readonly alpha: number;
}
