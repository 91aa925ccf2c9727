/** Formats a picture can be written in. */
export const pictureFormats = ['png', 'tiff', 'jpeg', 'webp', 'avif'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** Bits a sample that some format holds. */
export const pictureDepths = [8, 10, 12, 16] as const;
export type PictureDepth = (typeof pictureDepths)[number];

/** Bits a sample that each format holds here. */
export const depthsOf: Readonly<Record<PictureFormat, readonly PictureDepth[]>> = {
  png: [8, 16],
  tiff: [8, 16],
  jpeg: [8],
  webp: [8],
  avif: [8, 10, 12],
};

/** A picture's file has a quality from 1 to 100 where its format loses anything. */
export const qualityRange = [1, 100] as const;

/**
 * The quality of each format where nobody chose one: null for formats that are written without loss and take none,
 * `lossless` for one that is without loss unless a quality is named.
 */
export const usualQuality: Readonly<Record<PictureFormat, number | 'lossless' | null>> = {
  png: null,
  tiff: null,
  jpeg: 95,
  webp: 'lossless',
  avif: 80,
};

/** Pixels that a picture's file has at most, here. */
export const mostPixels = 100_000_000;

/** Where a picture's file is: it is computed, then written. */
export const exportStages = ['computing', 'writing'] as const;
export type ExportStage = (typeof exportStages)[number];
