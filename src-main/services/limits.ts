/** What one host holds at most: far above any afternoon's work, and far below what fills a machine. */
export interface HostLimits {
  /** Photographs and masks that are open. */
  readonly openImages: number;
  /** Bytes of all uploaded files together, those that are still coming among them. */
  readonly uploadBytes: number;
  /** Trainings that wait for their turn. */
  readonly queuedTrainings: number;
}

export const hostLimits: HostLimits = { openImages: 4096, uploadBytes: 8 * 2 ** 30, queuedTrainings: 256 };
