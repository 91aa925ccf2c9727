import * as v from 'valibot';
import { imageSummary } from './image-schemas.ts';
import { handle } from './primitives.ts';
import { projectEntry } from './project-schemas.ts';

const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check(({ byteLength }) => byteLength <= 512 * 2 ** 20, 'is too large'),
);
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

/**
 * Channels that only Electron's preload may send, on behalf of a File the user dropped or chose: the path comes
 * from webUtils.getPathForFile, inside the preload. The bridge's `invoke` refuses them.
 */
export const preloadChannels = {
  'images:import-path': {
    request: v.strictObject({ path }),
    response: imageSummary,
  },
  /** A File that lies on no disk: pasted, or made by the page (a mask). At most 512 MiB. */
  'images:import-bytes': {
    request: v.strictObject({
      name: v.pipe(v.string(), v.maxLength(255)),
      bytes,
    }),
    response: imageSummary,
  },
  /** What a `projects:record` will name: kept unread. */
  'projects:import-part': {
    request: v.strictObject({ bytes }),
    response: v.object({ partId: handle }),
  },
  /** A project that was dropped: to be opened by its handle. */
  'projects:import-path': {
    request: v.strictObject({ path }),
    response: projectEntry,
  },
} as const;
