import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { Transform } from '../../src-shared/model/composition.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { LayerSettings } from './layer.ts';
import type { BudgetName, CloneSize } from './training-settings.ts';

/** A mask's bytes, row-major, 0 outside … 255 inside. */
export interface MaskBytes extends Size {
  readonly data: Uint8Array;
}

/** Everything that makes a layer, the pixels of its source excepted: those are the host's, by the summary's id. */
export interface LayerSnapshot extends LayerSettings {
  readonly id: string;
  readonly source: ImageSummary;
  /** Of the source's size. */
  readonly mask: MaskBytes;
  readonly transform: Transform;
}

/** The whole document at one moment: a copy that later edits leave alone. */
export interface CompositionSnapshot {
  readonly target: ImageSummary | null;
  /** Bottom to top. */
  readonly layers: readonly LayerSnapshot[];
  readonly selectedId: string | null;
  readonly training: {
    readonly budget: BudgetName;
    readonly seconds: number;
    readonly networkSize: CloneSize;
  };
}
