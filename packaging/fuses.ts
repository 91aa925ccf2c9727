import type { FuseOptionsV1 } from 'app-builder-lib';

/**
 * Electron's fuses, decided once for every platform. All are named: one that a new Electron brings does not compile
 * until somebody decides (see https://www.electronjs.org/docs/latest/tutorial/fuses).
 */
export const fuses: Required<FuseOptionsV1> = {
  /** Else ELECTRON_RUN_AS_NODE makes a signed Seamfield run anybody's script. */
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  /** macOS and Windows check app.asar against the hash in the signed executable; Linux has no such check yet. */
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  enableCookieEncryption: true,
  /** There is one snapshot, Electron's own. */
  loadBrowserProcessSpecificV8Snapshot: false,
  /** Pages come by `app://`; file:// is nothing to us. */
  grantFileProtocolExtraPrivileges: false,
  /** Flipping a fuse breaks the ad-hoc signature that an unsigned build on macOS has; it is made anew. */
  resetAdHocDarwinSignature: true,
};
