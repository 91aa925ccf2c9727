import type { Between } from './stores/offered-pictures.ts';
import type { ExportStage, PictureFormat } from '../src-shared/model/picture-file.ts';

/** The words of exporting pictures. */
export const exportStrings = {
  title: 'Export picture',
  open: 'Export picture…',
  picture: 'Picture',
  pictures: {
    result: 'The network’s picture',
    exact: 'The exact solution',
    whole: 'The whole picture',
    region: 'The blended region',
    selection: (layer: string) => `Around the mask of ${layer}`,
    view: (of: string, view: string) => `${of}, ${view.toLowerCase()}`,
    pane: (number: number, shown: string) => `Pane ${String(number)}: ${shown}`,
  },
  format: 'Format',
  formats: {
    png: 'PNG',
    tiff: 'TIFF',
    jpeg: 'JPEG',
    webp: 'WebP',
    avif: 'AVIF',
  } satisfies Record<PictureFormat, string>,
  depth: 'Bit depth',
  depthOf: (bits: number) => `${String(bits)} bit`,
  quality: 'Quality',
  bestIsLossless: 'At a quality of 100 nothing is lost.',
  scale: 'Scale',
  scaleOf: (scale: number) => `× ${String(scale)}`,
  size: 'Size',
  pixels: (width: number, height: number) => `${String(width)} × ${String(height)} pixels`,
  tooLarge: (megapixels: number) =>
    `More than ${String(megapixels)} megapixels can’t be written; choose a smaller scale.`,
  between: {
    evaluated: 'The network is evaluated between its pixels.',
    resampled: 'The picture is resampled.',
    repeated: 'Its colours stand for numbers, so pixels are repeated or left out.',
  } satisfies Record<Between, string>,
  outside: {
    exact: 'Outside the masks every sample stays as it is in the target.',
    lossy: 'This format loses a little everywhere, outside the masks too.',
  },
  save: 'Save',
  copy: 'Copy to the clipboard',
  copyShort: 'Copy',
  copied: (width: number, height: number) => `Copied, ${String(width)} × ${String(height)} pixels`,
  cancel: 'Cancel',
  stages: {
    computing: 'Computing every pixel…',
    writing: 'Writing the file…',
  } satisfies Record<ExportStage, string>,
} as const;
