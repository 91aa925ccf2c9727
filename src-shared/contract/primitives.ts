import * as v from 'valibot';

/** A handle: made by the host, opaque to the renderer, safe in a URL. */
export const handle = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a handle'));

/** A whole number, both ends included. */
export const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** A finite number, both ends included. */
export const real = (min: number, max: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const channelCount = v.picklist([1, 3]);
