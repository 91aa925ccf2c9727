import type { Bridge } from '../../src-shared/contract/bridge.ts';
import { BrowserTransport } from './browser.ts';
import { ElectronTransport } from './electron.ts';
import type { Transport } from './transport.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a browser. */
    readonly seamfield?: Bridge;
  }
}

/** The transport of the host that this page runs in. */
export function createTransport(): Transport {
  return window.seamfield === undefined ? new BrowserTransport() : new ElectronTransport(window.seamfield);
}
