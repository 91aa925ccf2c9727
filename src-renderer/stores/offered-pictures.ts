import type { RequestOf } from '../../src-shared/contract/channels.ts';
import type { Size } from '../../src-shared/model/image.ts';
import { landedBox } from '../canvas/landed.ts';
import { intersection, isEmpty } from '../canvas/mask/rectangle.ts';
import { strings } from '../strings.ts';
import { exportStrings as words } from '../strings-export.ts';
import type { Composition } from './composition.svelte.ts';
import { isColoured, rangesOf } from './inspected.ts';
import { fitted, namedAs, type Inspector } from './inspector.svelte.ts';
import { hasNetwork, type Job } from './job.ts';
import type { Session } from './session.svelte.ts';

/** What there is between the pixels of a picture that is enlarged. */
export type Between = 'evaluated' | 'resampled' | 'repeated';

/** A picture that can be exported. */
export interface OfferedPicture {
  readonly id: string;
  readonly name: string;
  /** How the host is asked for it. */
  readonly asked: Omit<RequestOf<'jobs:picture'>, 'scale' | 'ticket'>;
  /** At a scale of 1. */
  readonly size: Size;
  /** Of the photograph that it is made of. */
  readonly bitDepth: 8 | 16;
  readonly between: Between;
}

interface Shown {
  readonly session: Session;
  readonly composition: Composition;
  readonly inspector: Inspector;
}

/** All pictures of the job on show, the one to begin with first; none before it has a network. */
export function offeredPictures({ session, composition, inspector }: Shown): readonly OfferedPicture[] {
  const { job, workspace, workshop } = session;
  if (!hasNetwork(job) || job.area === null) return [];
  const results = workshop === 'clone' ? ofClone(job, composition) : ofReconstruction(job, session);
  if (workspace !== 'inspect') return results;
  const { summary } = composition.target ?? {};
  const bitDepth = (workshop === 'clone' ? summary : session.image)?.bitDepth ?? 8;
  return [...panesOf(job, inspector, bitDepth), ...results];
}

function ofReconstruction(job: Job, { image, view, shown }: Session): OfferedPicture[] {
  const common = { size: job.area!, bitDepth: image?.bitDepth ?? 8 } as const;
  const { jobId } = job;
  const result: OfferedPicture = {
    ...common,
    id: 'result',
    name: words.pictures.result,
    asked: { jobId },
    between: 'evaluated',
  };
  const exact: OfferedPicture = {
    ...common,
    id: 'exact',
    name: words.pictures.exact,
    asked: { jobId, of: 'exact' },
    between: 'resampled',
  };
  if (view === 'value') return shown === 'exact' ? [exact, result] : [result, exact];
  const ofView: OfferedPicture = {
    ...common,
    id: 'view',
    name: words.pictures.view(strings.panes[shown], strings.views[view].name),
    asked: { jobId, of: shown, view },
    between: shown === 'network' ? 'evaluated' : 'repeated',
  };
  return [ofView, result, exact];
}

function ofClone({ jobId, area }: Job, { target, selected, version }: Composition): OfferedPicture[] {
  void version;
  if (target === null) return [];
  const { width, height, bitDepth } = target.summary;
  const common = { bitDepth, between: 'resampled' } as const;
  const whole: OfferedPicture = {
    ...common,
    id: 'result',
    name: words.pictures.whole,
    asked: { jobId },
    size: { width, height },
  };
  const region: OfferedPicture = {
    ...common,
    id: 'region',
    name: words.pictures.region,
    asked: { jobId, region: true },
    size: area!.full ?? area!,
  };
  if (selected === null) return [whole, region];
  const { mask, transform } = selected.art.editor;
  const box = intersection(landedBox(transform, mask, mask.bounds()), { x: 0, y: 0, width, height });
  if (isEmpty(box)) return [whole, region];
  const selection: OfferedPicture = {
    ...common,
    id: 'selection',
    name: words.pictures.selection(selected.name),
    asked: { jobId, region: box },
    size: box,
  };
  return [whole, region, selection];
}

function panesOf(job: Job, inspector: Inspector, bitDepth: 8 | 16): OfferedPicture[] {
  const ranges = rangesOf(inspector.pictures);
  const panes = inspector.shown.map((wanted, i): OfferedPicture => {
    const { of, minus, view } = fitted(wanted, job.request);
    const picture = inspector.pictures[i] ?? null;
    const range = picture === null || !isColoured(picture) ? null : (ranges[i] ?? null);
    const { names, less } = strings.inspect;
    const name = names[namedAs(of, job.request)];
    const shown = minus === null ? name : less(name, names[namedAs(minus, job.request)]);
    const isValue = view === 'value' && minus === null;
    return {
      id: `pane-${i}`,
      name: words.pictures.pane(i + 1, words.pictures.view(shown, strings.views[view].name)),
      asked: {
        jobId: job.jobId,
        of,
        view,
        ...(minus !== null && { minus }),
        ...(range !== null && { range: [range[0], range[1]] as [number, number] }),
      },
      size: job.area!,
      bitDepth,
      between: of === 'network' && minus === null ? 'evaluated' : isValue ? 'resampled' : 'repeated',
    };
  });
  const { active } = inspector;
  const first = panes[active];
  return first === undefined ? panes : [first, ...panes.filter((pane) => pane !== first)];
}

/** A picture's size at a scale, as the host rounds it. */
export function sizeAt({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
