import type { RequestOf } from '../../src-shared/contract/channels.ts';
import type { View } from '../../src-shared/model/view.ts';
import { hasNetwork, isActive } from '../stores/job.ts';
import type { Session } from '../stores/session.svelte.ts';
import { sizeWithin } from '../stores/training-settings.ts';

/** Of which image, but not which view: the rest of a request to the host. */
export type PhotographSource = Omit<RequestOf<'images:view'>, 'view'>;
export type ResultSource = Omit<RequestOf<'jobs:view'>, 'view'>;

/** What each pane should show; `preview` where the job's latest preview serves. */
export interface WantedPictures {
  readonly view: View;
  readonly photograph: PhotographSource | null;
  readonly result: ResultSource | 'preview' | null;
}

type Wishes = Pick<Session, 'image' | 'job' | 'settings' | 'view' | 'shown'>;

/**
 * What the session asks to be shown, derived afresh from it each time.
 *
 * The photograph is shown at the size of the job beside it; the user's wish for the next run counts only until
 * there is one, so that both panes always show the same pixels.
 */
export function wantedPictures({ image, job, settings, view, shown }: Wishes): WantedPictures {
  if (image === null) return { view, photograph: null, result: null };
  const { area } = job ?? { area: null };
  const wish = area === null ? (job?.request.size ?? settings.size) : Math.max(area.width, area.height);
  const size = sizeWithin(wish, Math.max(image.width, image.height));
  const photograph = { imageId: image.id, size };
  const isKept = hasNetwork(job);
  if (!isKept && !isActive(job)) return { view, photograph, result: null };
  const result = isKept ? { jobId: job.jobId, of: shown } : 'preview';
  return { view, photograph, result };
}
