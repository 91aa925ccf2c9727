import type { EdgeStyle } from '../canvas/clone-drawing.ts';
import type { Combination } from '../canvas/mask/mask-raster.ts';
import type { WandSettings } from '../canvas/mask/wand.ts';
import type { BrushSettings } from '../canvas/tools/tool.ts';

export const overlayColours = {
  red: [230, 40, 60],
  green: [30, 200, 90],
  blue: [40, 120, 255],
  white: [255, 255, 255],
  black: [0, 0, 0],
} as const;
export type OverlayColour = keyof typeof overlayColours;

/** How the mask's edge is drawn. */
export const edgeStyles: readonly EdgeStyle[] = ['line', 'ants', 'none'];

/** How a mask is shown over its picture. */
export interface Overlay {
  readonly colour: OverlayColour;
  /** 0…1 */
  readonly opacity: number;
  readonly edge: EdgeStyle;
}

/** Pixels that a mask may be grown, shrunk, feathered or smoothed by. */
export const amountRange = [1, 200] as const;

/** How masks are made and shown: the settings of the tools, whatever they work on. */
export class Masking {
  brush = $state.raw<BrushSettings>({ size: 32, hardness: 0.5, spacing: 0.15, pressure: 'size' });
  wand = $state.raw<WandSettings>({ tolerance: 0.08, contiguous: true });
  /** What a shape does to the mask where no key says otherwise. */
  combination = $state<Combination>('replace');
  /** Pixels to grow, shrink, feather or smooth by. */
  amount = $state(6);
  overlay = $state.raw<Overlay>({ colour: 'red', opacity: 0.4, edge: 'line' });
}
