import { chromiumOptions } from '../tests/chromium.ts';

/** What is said in place of figures where there is none. */
export const chromiumMissing = (bench: string) =>
  `${bench}: not measured, for there is no Chromium at ${chromiumOptions.executablePath}: ` +
  'install it (Debian: apt-get install chromium) or name it in SEAMFIELD_CHROMIUM.';
