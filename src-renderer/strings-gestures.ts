import type { Workspace } from './stores/session.svelte.ts';

interface Gesture {
  readonly does: string;
  readonly by: string;
}

const zoom = { does: 'Zoom at the pointer', by: 'wheel, pinch' };
const sight: readonly Gesture[] = [
  zoom,
  { does: 'Pan', by: 'drag, arrow keys' },
  { does: 'Fit to window', by: 'double-click' },
];

/** What the pointer does, for the shortcut sheet. */
export const gestureStrings = {
  title: 'Pointer',
  in: {
    reconstruct: sight,
    clone: [
      zoom,
      { does: 'Pan', by: 'Space+drag, middle button' },
      { does: 'Take a gesture back', by: 'Esc' },
      { does: 'Straight stroke', by: 'Shift+click' },
      { does: 'Add, subtract, intersect', by: 'Shift, Alt, both' },
      { does: 'Close a polygon', by: 'Enter, double-click' },
      { does: 'Select the layer below', by: 'Alt+click' },
      { does: 'Scale about the centre', by: 'Alt+corner' },
      { does: 'Turn by 15°', by: 'Shift+turn' },
      { does: 'Scale and turn back', by: 'double-click a handle' },
    ],
    inspect: [...sight, { does: 'Move the cross', by: 'Shift+arrow keys' }],
    learn: [],
  } satisfies Record<Workspace, readonly Gesture[]> as Record<Workspace, readonly Gesture[]>,
};
