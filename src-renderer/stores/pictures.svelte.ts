import type { Picture, Plane, Probe } from './picture.ts';

/** The pixels on show. Always replaced whole, never made reactive themselves. */
export class Pictures {
  photograph = $state.raw<Picture | null>(null);
  result = $state.raw<Picture | null>(null);
  /** The running job's latest preview, as values; what `result` is made of until the job has finished. */
  preview = $state.raw<Plane | null>(null);
  /** Whether a picture that is wanted is on its way. */
  loading = $state(false);
  probe = $state.raw<Probe | null>(null);
}
