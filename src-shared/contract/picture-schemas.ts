import * as v from 'valibot';
import { aspects } from '../model/aspect.ts';
import { measuredViews, views } from '../model/view.ts';
import { limits } from './limits.ts';
import { real, whole } from './primitives.ts';

export const view = v.picklist(views);
export const measuredView = v.picklist(measuredViews);
export const aspect = v.picklist(aspects);
/** The numbers at the two ends of a colour map, the lower one first. */
export const viewRange = v.pipe(
  v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]),
  v.check(([low, high]) => low < high, 'is not a range'),
);

/** A part of a clone's result: `true`, what its network covers of the target; or a rectangle of the target's pixels. */
export const pictureRegion = v.union([
  v.literal(true),
  v.strictObject({ x: whole(0, 1e6), y: whole(0, 1e6), width: whole(1, 1e6), height: whole(1, 1e6) }),
]);

/** Which picture of a job. */
export const pictured = {
  /** Default `value`. */
  view: v.exactOptional(view),
  /**
   * Size relative to what is pictured, default 1. Between its pixels a network is evaluated; everything else is
   * resampled, a picture in false colours by repeating its pixels or leaving some out.
   */
  scale: v.exactOptional(real(...limits.scale)),
  /** Of a clone's values: a part of the target at full size, instead of all of it. */
  region: v.exactOptional(pictureRegion),
  /** An aspect as it is inspected instead of the job's result. */
  of: v.exactOptional(aspect),
  /** With `of`: the aspect that is taken away from it. */
  minus: v.exactOptional(aspect),
  /** Of derivatives and differences: the numbers at the ends of the colour map. */
  range: v.exactOptional(viewRange),
};
