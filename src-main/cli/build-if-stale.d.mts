/** The repository's folder. */
export const root: string;
/** Makes sure that out/ is what the sources say. Throws where they can't be built. */
export function buildIfStale(): void;
