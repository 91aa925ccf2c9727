import type { PictureDepth, PictureFormat } from '../../src-shared/model/picture-file.ts';
import { depthsOf, qualityRange, usualQuality } from '../../src-shared/model/picture-file.ts';
import type { ExportStage } from '../../src-shared/model/picture-file.ts';

export const exportScales = [0.25, 0.5, 1, 2, 4, 8] as const;

/** Where an export under way is; `share` is null while nobody knows how much of its stage is done. */
export interface Exported {
  readonly stage: ExportStage;
  readonly share: number | null;
}

/** How the user wants pictures written, and which of those that are on offer. Depth and quality by format. */
export class PictureExport {
  /** The id of an offered picture; what is not on offer gives way to the first that is. */
  what = $state('result');
  format = $state<PictureFormat>('png');
  scale = $state<number>(1);
  #depths = $state<Partial<Record<PictureFormat, PictureDepth>>>({});
  #qualities = $state<Partial<Record<PictureFormat, number>>>({});
  running = $state.raw<Exported | null>(null);

  /** @param own bits a sample of the photograph: the choice until the user makes one, where the format has them */
  depth(own: PictureDepth): PictureDepth {
    const chosen = this.#depths[this.format] ?? own;
    return depthsOf[this.format].includes(chosen) ? chosen : 8;
  }

  setDepth(depth: PictureDepth): void {
    this.#depths[this.format] = depth;
  }

  /** Null for a format that is without loss; the best of one that can be is without loss. */
  get quality(): number | null {
    const usual = usualQuality[this.format];
    if (usual === null) return null;
    return this.#qualities[this.format] ?? (usual === 'lossless' ? qualityRange[1] : usual);
  }

  set quality(quality: number | null) {
    if (quality !== null) this.#qualities[this.format] = quality;
  }

  get isLossless(): boolean {
    const usual = usualQuality[this.format];
    return usual === null || (usual === 'lossless' && this.quality === qualityRange[1]);
  }
}
