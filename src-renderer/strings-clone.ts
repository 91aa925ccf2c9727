import type { FusionMode } from '../src-shared/model/fusion.ts';
import { cloneSize } from '../src-shared/model/training.ts';
import type { CloneSize } from './stores/training-settings.ts';
import type { Content, Role } from './stores/composition.svelte.ts';

/** The words of the clone workspace. */
export const cloneStrings = {
  start: {
    title: 'Clone a part of one photograph into another, without a seam',
    lead: 'Choose what to take, put it in place, and blend: a small sine network is trained on the gradients of both.',
    compose: 'Open the sample composition',
    own: 'Or choose the photograph to clone onto',
    open: 'Choose a target…',
    drop: 'or drop one anywhere',
  },
  openTarget: 'Open target…',
  openSource: 'Open source…',
  goTo: (workspace: string) => `Go to ${workspace}`,
  roles: { source: 'Source', target: 'Target' } satisfies Record<Role, string>,
  pickers: {
    source: { title: 'What do you want to clone?', choose: 'Choose a source…' },
    target: { title: 'Clone onto which photograph?', choose: 'Choose a target…' },
  } satisfies Record<Role, { title: string; choose: string }>,
  pickerDrop: 'Drop one here, or take a sample',
  maskFile: 'mask.png',
  hints: {
    noMask: 'Paint or outline on the source what to clone',
    stale: 'changed since: blend again',
    frames: (step: string) => `step ${step}`,
    exact: 'not the network’s result',
    nothingLands: 'nothing of the source lies on it: move it here',
    resolution: (has: string, of: string) => `at ${has} of ${of}`,
    seeing: (has: string, of: string) => `sees ${has} of ${of}`,
    carried: (has: string, of: string) => `saw ${has} of ${of}`,
    carrying: (percent: number) => `its detail follows, ${percent} %`,
    carriedHint:
      'The network saw the region on fewer pixels than it has; finer detail is carried over from the photographs, and a narrow band along the seam is solved exactly.',
    solving: 'solving…',
  },
  undo: (what: string | null) => (what === null ? 'Undo' : `Undo ${what.toLowerCase()}`),
  redo: (what: string | null) => (what === null ? 'Redo' : `Redo ${what.toLowerCase()}`),
  edits: { move: 'Move', sample: 'Sample composition' },
  nudge: (direction: string, step: number) => `Nudge ${direction}${step === 1 ? '' : ` by ${step}`}`,
  directions: { left: 'left', right: 'right', up: 'up', down: 'down' },
  show: (content: string) => `Show: ${content}`,
  toggleExact: 'Exact preview or paste',
  contentLegend: 'What lies on the target',
  contents: {
    paste: 'Naive paste',
    exact: 'Exact solution (preview)',
    network: 'Network',
  } satisfies Record<Content, string>,
  contentsShort: { paste: 'Paste', exact: 'Exact', network: 'Network' } satisfies Record<Content, string>,
  before: 'Target alone',
  panel: {
    title: 'Clone',
    x: 'X',
    y: 'Y',
    place: 'Place',
    mode: 'Mode',
    modes: {
      import: 'Import',
      mixed: 'Mixed',
      average: 'Average',
      monochrome: 'Monochrome',
    } satisfies Record<FusionMode, string>,
    modeHints: {
      import: 'The source’s gradients',
      mixed: 'At each pixel the stronger of the two gradients',
      average: 'Both gradients, weighted by α',
      monochrome: 'The source’s luminance gradients, in the target’s colours',
    } satisfies Record<FusionMode, string>,
    alpha: 'Source’s share α',
    networkSize: 'Network',
    networkSizes: (size: CloneSize) =>
      size === 'auto' ? `Automatic, ${cloneSize} px` : size === 'full' ? 'All pixels' : `${size} px`,
    networkSizeHint:
      'The region’s longer side as the network sees it. Of a larger region it learns the smooth part; finer detail is carried over from the photographs.',
  },
  onto: (source: string, target: string) => `${source} → ${target}`,
} as const;
