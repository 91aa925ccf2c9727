/**
 * Where one looks at a picture: pure arithmetic, no DOM.
 *
 * The camera is held by its centre, so that one camera serves panes of unequal size and survives a resize:
 *   screen = (picture − centre)·scale + viewport/2
 * Picture coordinates are pixels, (0, 0) the top-left corner of the first pixel; screen and viewport are CSS pixels.
 */
export interface Camera {
  readonly x: number;
  readonly y: number;
  /** CSS pixels a picture pixel. */
  readonly scale: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

export const minScale = 1 / 64;
export const maxScale = 128;

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** The camera that shows all of `picture` inside `viewport` with `margin` CSS pixels around it. */
export function fit(picture: Extent, viewport: Extent, margin = 0): Camera {
  const room = (side: number) => Math.max(side - 2 * margin, 1);
  const scale = Math.min(room(viewport.width) / picture.width, room(viewport.height) / picture.height);
  return { x: picture.width / 2, y: picture.height / 2, scale: clamp(scale, minScale, maxScale) };
}

export function toScreen(camera: Camera, viewport: Extent, p: Point): Point {
  return {
    x: (p.x - camera.x) * camera.scale + viewport.width / 2,
    y: (p.y - camera.y) * camera.scale + viewport.height / 2,
  };
}

export function toPicture(camera: Camera, viewport: Extent, p: Point): Point {
  return {
    x: (p.x - viewport.width / 2) / camera.scale + camera.x,
    y: (p.y - viewport.height / 2) / camera.scale + camera.y,
  };
}

/** Scale by `factor` so that the picture's point under the screen point `at` stays under it. */
export function zoomAt(camera: Camera, viewport: Extent, at: Point, factor: number): Camera {
  const scale = clamp(camera.scale * factor, minScale, maxScale);
  const held = toPicture(camera, viewport, at);
  return {
    x: held.x - (at.x - viewport.width / 2) / scale,
    y: held.y - (at.y - viewport.height / 2) / scale,
    scale,
  };
}

/** The same centre at another scale. */
export function zoomTo(camera: Camera, scale: number): Camera {
  return { ...camera, scale: clamp(scale, minScale, maxScale) };
}

/** Drag the picture by (dx, dy) CSS pixels. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** Keep the viewport's centre on the picture, so that it can never be lost out of sight. */
export function keepInSight(camera: Camera, picture: Extent): Camera {
  return { ...camera, x: clamp(camera.x, 0, picture.width), y: clamp(camera.y, 0, picture.height) };
}

/** The same sight of the same photograph after it has been resampled from `before` to `after`. */
export function resample(camera: Camera, before: Extent, after: Extent): Camera {
  const ratio = after.width / before.width;
  return {
    x: camera.x * ratio,
    y: (camera.y * after.height) / before.height,
    scale: clamp(camera.scale / ratio, minScale, maxScale),
  };
}
