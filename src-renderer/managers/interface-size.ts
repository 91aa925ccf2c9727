import { interfaceSizes, type InterfaceSize } from '../../src-shared/contract/settings.ts';

/** Draws everything but the pictures at so many per cent of its size; tokens.css says what follows it. */
export function applyInterfaceSize(percent: InterfaceSize): void {
  document.documentElement.style.setProperty('--zoom', String(percent / 100));
}

/** The next size in a direction; the same where there is none. */
export function sizeBeside(size: InterfaceSize, direction: 1 | -1): InterfaceSize {
  return interfaceSizes[interfaceSizes.indexOf(size) + direction] ?? size;
}

/** CSS pixels of width from which a screen that the system leaves unscaled makes small letters of large ones. */
const wide = 2400;

/** Whether the screen has so many pixels, unscaled by the system, that a larger interface may read better. */
export function looksUnscaled(screen: { readonly width: number }, devicePixels: number): boolean {
  return devicePixels === 1 && screen.width >= wide;
}
