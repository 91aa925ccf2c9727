import { existsSync } from 'node:fs';

/** The browser in which the app is measured: without a window, and asking nobody for anything. */
export const chromiumOptions = {
  executablePath: process.env['SEAMFIELD_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
  headless: true,
};

export const hasChromium = () => existsSync(chromiumOptions.executablePath);

/** What is said in place of figures where there is none. */
export const chromiumMissing = (bench: string) =>
  `${bench}: not measured, for there is no Chromium at ${chromiumOptions.executablePath}: ` +
  'install it (Debian: apt-get install chromium) or name it in SEAMFIELD_CHROMIUM.';
