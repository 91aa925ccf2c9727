import type { Point } from '../camera.ts';
import type { CloneEditor } from '../clone-editor.ts';
import type { Combination } from '../mask/mask-raster.ts';
import type { Pixels, WandSettings } from '../mask/wand.ts';

export const toolNames = [
  'move',
  'brush',
  'eraser',
  'rectangle',
  'ellipse',
  'lasso',
  'polygon',
  'wand',
  'hand',
] as const;
export type ToolName = (typeof toolNames)[number];
/** Those that work on the mask, or on nothing; moving is `TransformTool`'s. */
export type MaskToolName = Exclude<ToolName, 'move'>;

/** What a pen's pressure lessens. */
export const pressures = ['none', 'size', 'opacity', 'both'] as const;
export type Pressure = (typeof pressures)[number];

/** The brush and the eraser. Lengths in the source's pixels. */
export interface BrushSettings {
  /** Diameter. */
  readonly size: number;
  /** Share of the radius that is wholly covered, 0…1. */
  readonly hardness: number;
  /** Share of the diameter between two dabs. */
  readonly spacing: number;
  readonly pressure: Pressure;
}

/** A pointer over the source, in its pixels, and the keys held with it. */
export interface Touch extends Point {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Command. */
  readonly mod: boolean;
  /** 0…1; of what has no pressure, 1. */
  readonly pressure: number;
}

/** What a tool works on. Settings are asked for anew whenever they matter. */
export interface ToolContext {
  readonly editor: CloneEditor;
  /** The source's pixels, RGBA. */
  readonly pixels: Pixels;
  readonly brush: () => BrushSettings;
  readonly wand: () => WandSettings;
  /** What a shape does to the mask where no key says otherwise. */
  readonly combination: () => Combination;
  /** What its edits are called in the history. */
  readonly label: string;
}

/**
 * A state machine over one gesture: `down`, any number of `drag`, then `up` or `cancel`. While it lasts `outline` is
 * what to show of it, in the source's pixels.
 *
 * A tool with `hover` may be amid a gesture between two presses too: it is told where the pointer goes, of double
 * clicks, and of keys. `key` answers whether it took the key. `takeBack` drops the press that is down and keeps what
 * was there before it; `cancel` does where it is absent.
 */
export interface Tool {
  down(touch: Touch): void;
  drag(touches: readonly Touch[]): void;
  up(): void;
  cancel(): void;
  readonly outline: readonly Point[];
  hover?(touch: Touch): void;
  /** The pointer has left. */
  leave?(): void;
  takeBack?(): void;
  doubleClick?(): void;
  key?(key: string): boolean;
}

/** Shift adds, Alt takes away, both keep what lies in both; otherwise as it is set. */
export function combinationOf({ shift, alt }: Touch, set: Combination): Combination {
  if (shift && alt) return 'intersect';
  return shift ? 'add' : alt ? 'subtract' : set;
}
