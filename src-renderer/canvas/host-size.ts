import type { Extent } from './camera.ts';
import type { Surface } from './surface.ts';

/**
 * Keeps surfaces as large as their host, in device pixels, tells its size in CSS pixels, and keeps the browser’s menu
 * away. Returns the undoing.
 */
export function fillHost(
  host: HTMLElement,
  surfaces: readonly Surface[],
  resized: (viewport: Extent) => void,
): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    const ratio = host.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const device = devicePixels(entry, ratio);
    for (const surface of surfaces) surface.resize({ width, height }, device);
    resized({ width, height });
  });
  observer.observe(host, { box: 'device-pixel-content-box' });
  // A browser's menu would offer to save one of the layers, which alone is no picture of anything.
  const withoutMenu = (event: Event) => event.preventDefault();
  host.addEventListener('contextmenu', withoutMenu);
  return () => {
    observer.disconnect();
    host.removeEventListener('contextmenu', withoutMenu);
  };
}

/** The exact size in device pixels where the browser knows it; an emulated screen reports CSS pixels instead. */
function devicePixels(entry: ResizeObserverEntry, ratio: number): Extent {
  const rounded = {
    width: Math.round(entry.contentRect.width * ratio),
    height: Math.round(entry.contentRect.height * ratio),
  };
  const exact = entry.devicePixelContentBoxSize?.[0];
  if (exact === undefined || Math.abs(exact.inlineSize - rounded.width) > 1) return rounded;
  return { width: exact.inlineSize, height: exact.blockSize };
}
