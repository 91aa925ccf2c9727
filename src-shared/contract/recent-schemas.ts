import * as v from 'valibot';
import { handle } from './primitives.ts';

/** A file that was opened or saved lately. `name` is for display; never a path. */
export const recent = v.object({
  recentId: handle,
  kind: v.picklist(['photograph', 'project']),
  name: v.string(),
  /** ms since 1970, for display only. */
  usedAt: v.number(),
  /** A small WebP file to fetch; null where there is none. */
  thumbnailId: v.nullable(handle),
});
export type Recent = v.InferOutput<typeof recent>;
