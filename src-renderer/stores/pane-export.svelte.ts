export const exportFormats = ['png', 'tiff', 'jpeg', 'webp', 'avif'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportDepths = [8, 16] as const;
export const exportScales = [0.5, 1, 2, 4, 8] as const;

/** How the user wants a pane saved. */
export class PaneExport {
  format = $state<ExportFormat>('png');
  bitDepth = $state<8 | 16>(8);
  scale = $state<number>(1);
}
