import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';
import type { CloneLayers } from '../canvas/clone-layers.ts';

/** A photograph of the composition. `picture` holds its pixels. */
export interface Opened {
  readonly summary: ImageSummary;
  readonly picture: OffscreenCanvas;
}

/** One source laid on the target. Immutable but for its `art`, which holds mask, transform and drawings of them. */
export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly source: Opened;
  readonly art: CloneLayers;
  readonly mode: FusionMode;
  /** The source's share where the mode is `average`, 0…1. */
  readonly alpha: number;
  readonly visible: boolean;
}

/** What of a layer is set by a word or a number. */
export type LayerSettings = Pick<Layer, 'name' | 'mode' | 'alpha' | 'visible'>;

/** What names the look of a layer on its target: undoing brings a name back. */
export function stateOf({ source, art: { editor }, mode, alpha }: Layer): string {
  const { x, y, scale, rotation, flipX, flipY } = editor.transform;
  const share = mode === 'average' ? alpha : '';
  const turned = `${flipX ? 'x' : ''}${flipY ? 'y' : ''}`;
  return [source.summary.id, editor.maskState, x, y, scale, rotation, turned, mode, share].join(',');
}

/** A file's name as a layer's: without its ending. */
export function layerName(fileName: string): string {
  return fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '') || fileName;
}

/** `name`, or the first of 'name 2', 'name 3', … that is not taken. */
export function freeName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/ \d+$/, '');
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${stem} ${n}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
