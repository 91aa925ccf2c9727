/**
 * How two gradient fields become one inside a mask.
 *
 * - `import`: the source's gradient.
 * - `mixed`: per pixel, the gradient of the larger Frobenius norm over all channels together.
 * - `average`: (1-α)·target + α·source.
 * - `monochrome`: the source's luminance gradient in every channel.
 */
export const fusionModes = ['import', 'mixed', 'average', 'monochrome'] as const;
export type FusionMode = (typeof fusionModes)[number];
