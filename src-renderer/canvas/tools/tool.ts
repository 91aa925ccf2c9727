import type { Point } from '../camera.ts';
import type { CloneEditor } from '../clone-editor.ts';

export const toolNames = ['move', 'brush', 'eraser', 'rectangle', 'ellipse', 'lasso', 'hand'] as const;
export type ToolName = (typeof toolNames)[number];
/** Those that work on the mask, or on nothing; moving is `TransformTool`'s. */
export type MaskToolName = Exclude<ToolName, 'move'>;

/** The brush and the eraser. Lengths in the source's pixels. */
export interface BrushSettings {
  /** Diameter. */
  readonly size: number;
  /** Share of the radius that is wholly covered, 0…1. */
  readonly hardness: number;
  /** Share of the diameter between two dabs. */
  readonly spacing: number;
}

/** A pointer over the source, in its pixels, and the keys held with it. */
export interface Touch extends Point {
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What a tool works on. */
export interface ToolContext {
  readonly editor: CloneEditor;
  readonly brush: () => BrushSettings;
  /** What its edits are called in the history. */
  readonly label: string;
}

/**
 * A state machine over one gesture: `down`, any number of `drag`, then `up` or `cancel`. While it lasts `outline` is
 * what to show of it, in the source's pixels.
 */
export interface Tool {
  down(touch: Touch): void;
  drag(touches: readonly Touch[]): void;
  up(): void;
  cancel(): void;
  readonly outline: readonly Point[];
}
