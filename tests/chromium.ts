import { existsSync } from 'node:fs';

/** The browser in which the app is tested and measured: without a window, and asking nobody for anything. */
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

/** Whether there is one where `chromiumOptions` look for it. */
export const hasChromium = () => existsSync(chromiumOptions.executablePath);
