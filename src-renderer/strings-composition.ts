import type { SampleCompositionId } from './stores/sample-compositions.ts';
import type { Adjustment } from './canvas/transform/transform-tool.ts';

/** The words of a composition: its layers, transforms, history and start page. */
export const compositionStrings = {
  start: {
    compose: (title: string) => `Open sample: ${title}`,
    samples: {
      espresso: { title: 'A face in the espresso', hint: 'Import, one layer' },
    } satisfies Record<SampleCompositionId, { title: string; hint: string }>,
    ready: 'Ready to blend',
  },
  layers: {
    title: 'Layers',
    list: 'Layers, topmost first',
    result: 'Network',
    resultEmpty: 'not blended yet',
    resultTraining: 'training',
    resultStale: 'out of date',
    target: 'Target',
    noTarget: 'none yet',
    show: (name: string) => `Show ${name}`,
    select: (name: string) => `Select ${name}`,
    rename: (name: string) => `Name of ${name}`,
    empty: 'Add a source to clone from it',
    noMask: 'no mask yet',
    keys: 'Alt+↑ and Alt+↓ reorder, F2 renames',
  },
  actions: {
    duplicate: 'Duplicate layer',
    remove: 'Delete layer',
    up: 'Layer up',
    down: 'Layer down',
    visible: 'Show or hide layer',
    next: 'Select the layer above',
    previous: 'Select the layer below',
    flipX: 'Flip horizontally',
    flipY: 'Flip vertically',
    reset: 'Reset transform',
    larger: 'Larger by 1 %',
    smaller: 'Smaller by 1 %',
    clockwise: 'Turn right by 1°',
    counterclockwise: 'Turn left by 1°',
    copy: 'Copy picture',
    showResult: 'Show or hide the network’s result',
    undo: (what: string | null) => (what === null ? 'Undo' : `Undo: ${what}`),
    redo: (what: string | null) => (what === null ? 'Redo' : `Redo: ${what}`),
  },
  /** What the history calls an edit. */
  edits: {
    target: 'Open target',
    add: (name: string) => `Add ${name}`,
    duplicate: (name: string) => `Duplicate ${name}`,
    remove: (name: string) => `Delete ${name}`,
    reorder: (name: string) => `Reorder ${name}`,
    rename: (name: string) => `Rename to ${name}`,
    mode: (mode: string) => `Mode ${mode}`,
    alpha: (alpha: string) => `Share α ${alpha}`,
    show: (name: string) => `Show ${name}`,
    hide: (name: string) => `Hide ${name}`,
    flip: 'Flip',
    transform: { move: 'Move', turn: 'Rotate', scale: 'Scale', reset: 'Reset transform' } satisfies Record<
      Adjustment,
      string
    >,
  },
  transform: {
    title: 'Place',
    x: 'X',
    y: 'Y',
    scale: 'Scale %',
    rotation: 'Angle °',
    none: 'Select a layer to place it',
    hint: 'Drag to move, corners scale (Alt: about the centre), outside a corner rotates (Shift: by 15°); arrows nudge',
  },
  tabs: { legend: 'Panel below the layers', blend: 'Blend', history: 'History' },
  history: {
    title: 'History',
    begin: 'Opened',
    forgotten: 'Earlier edits are forgotten',
    memory: (megabytes: string) => `${megabytes} MB`,
  },
  copied: {
    network: 'Copied the network’s picture',
    exact: 'Copied the exact solution',
    paste: 'Copied the naive paste',
    before: 'Copied the target',
  },
} as const;
