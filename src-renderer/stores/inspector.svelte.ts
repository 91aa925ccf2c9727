import { aspectsOf, viewsOf, type Aspect } from '../../src-shared/model/aspect.ts';
import type { Supervision } from '../../src-shared/model/field.ts';
import type { ModelCheck, Probed, SeamMismatch } from '../../src-shared/model/inspection.ts';
import type { Point } from '../../src-shared/model/point.ts';
import type { View } from '../../src-shared/model/view.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Inspected } from './inspected.ts';

/** How many panes there are, or how the first two are laid over each other. */
export const arrangements = ['one', 'two', 'four', 'split', 'onion', 'blink'] as const;
export type Arrangement = (typeof arrangements)[number];

/** What a pane shows. */
export interface PaneChoice {
  readonly of: Aspect;
  /** What is taken away from it; null for nothing. */
  readonly minus: Aspect | null;
  readonly view: View;
  /** How many times finer than its values the colours are; for whatever is shown in false colours. */
  readonly gain: number;
}

export interface Line {
  readonly from: Point;
  readonly to: Point;
}

const paneCounts: Readonly<Record<Arrangement, number>> = {
  one: 1,
  two: 2,
  four: 4,
  split: 2,
  onion: 2,
  blink: 2,
};

const initial: readonly PaneChoice[] = [
  { of: 'network', minus: null, view: 'value', gain: 1 },
  { of: 'photograph', minus: null, view: 'value', gain: 1 },
  { of: 'network', minus: 'exact', view: 'value', gain: 1 },
  { of: 'residual', minus: null, view: 'magnitude', gain: 1 },
];

/** What is inspected, and how. Pixels are replaced whole, never made reactive themselves. */
export class Inspector {
  arrangement = $state<Arrangement>('four');
  panes = $state.raw<readonly PaneChoice[]>(initial);
  /** The pane that the histogram, the export and the number keys are about. */
  active = $state(0);
  pictures = $state.raw<readonly (Inspected | null)[]>([]);
  /** Whether pictures are on their way. */
  loading = $state(false);
  /** Where the slider between the two stands, 0…1 of the stage. */
  split = $state(0.5);
  /** How much of the second shows through, 0…1. */
  opacity = $state(0.5);
  /** Blinking: whether the second is on show, whether it changes by itself, and how often a second. */
  swapped = $state(false);
  blinking = $state(false);
  rate = $state(1);
  /** Whether a drag draws the line of the profile instead of moving the sight. */
  drawing = $state(false);
  /** In picture pixels, (0, 0) the corner of the first. */
  line = $state.raw<Line | null>(null);
  /** Where the pointer, or the keyboard's crosshair, stands. */
  at = $state.raw<Point | null>(null);
  probed = $state.raw<Probed | null>(null);
  seam = $state.raw<SeamMismatch | null>(null);
  seamShown = $state(true);
  /** The network's file, once it has been saved and loaded back. */
  model = $state.raw<(ModelCheck & { readonly jobId: string }) | null>(null);

  get paneCount(): number {
    return paneCounts[this.arrangement];
  }

  /** The panes on show. */
  get shown(): readonly PaneChoice[] {
    return this.panes.slice(0, this.paneCount);
  }

  get isCompared(): boolean {
    return ['split', 'onion', 'blink'].includes(this.arrangement);
  }

  choose(pane: number, choice: Partial<PaneChoice>): void {
    this.panes = this.panes.map((before, i) => (i === pane ? { ...before, ...choice } : before));
  }
}

export function supervisionOf(request: JobRequest): Supervision {
  return request.kind === 'reconstruct' ? request.from : 'gradient';
}

/** Which name an aspect goes by in a job of a kind. */
export function namedAs(aspect: Aspect, { kind }: JobRequest): Aspect | 'target' | 'plainBlend' {
  if (aspect !== 'photograph') return aspect;
  return kind === 'clone' ? 'target' : kind === 'fuse' ? 'plainBlend' : aspect;
}

/** A choice as a job can show it: an aspect it lacks gives way to the photograph, a view to the first there is. */
export function fitted(choice: PaneChoice, request: JobRequest): PaneChoice {
  const known = aspectsOf(request.kind);
  const of = known.includes(choice.of) ? choice.of : 'photograph';
  const views = viewsOf(of, supervisionOf(request));
  const view = views.includes(choice.view) ? choice.view : views[0]!;
  const { minus } = choice;
  const isSame = minus === of || (minus !== null && !known.includes(minus));
  // A field is no picture to be taken away from.
  const isField = of === 'guidance' || of === 'residual';
  return { ...choice, of, view, minus: isSame || isField ? null : minus };
}
