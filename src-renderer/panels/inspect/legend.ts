import { colormap, colormapEntries, type ColormapName } from '../../../src-shared/view/colormap.ts';
import type { View } from '../../../src-shared/model/view.ts';
import type { PaneChoice } from '../../stores/inspector.svelte.ts';

/** Whether a choice is shown in false colours. */
export function isColouredChoice({ view, minus }: Pick<PaneChoice, 'view' | 'minus'>): boolean {
  return view !== 'value' || minus !== null;
}

const mapOf: Readonly<Record<View, ColormapName>> = {
  value: 'diverging',
  dx: 'diverging',
  dy: 'diverging',
  laplacian: 'diverging',
  magnitude: 'magma',
  direction: 'cyclic',
};

const stops = 16;

/** The colours of a view's map as a CSS gradient, from its low end to its high end. */
export function gradientOf(view: View): string {
  const map = colormap(mapOf[view]);
  return `linear-gradient(to right, ${Array.from({ length: stops + 1 }, (_, i) =>
    colourAt(map, i / stops),
  ).join(', ')})`;
}

/** A number's colour in magma, between 0 and `bound`. */
export function magmaOf(value: number, bound: number): string {
  return colourAt(colormap('magma'), bound > 0 ? value / bound : 0);
}

function colourAt(map: Float32Array, share: number): string {
  const entry = Math.round(Math.min(Math.max(share, 0), 1) * (colormapEntries - 1));
  const part = (c: number) => Math.round(255 * (map[3 * entry + c] ?? 0));
  return `rgb(${part(0)} ${part(1)} ${part(2)})`;
}
