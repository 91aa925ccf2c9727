import { describe, expect, it, vi } from 'vitest';
import { drawPicture } from './draw-picture.ts';
import type { Surface } from './surface.ts';

describe('a picture on the screen', () => {
  it('of a single column is a device pixel wide at least, however small it is shown', () => {
    const drawImage = vi.fn();
    const surface = { extent: { width: 500, height: 700 }, ratio: 2 } as Surface;
    const picture = { width: 1, height: 4000 } as OffscreenCanvas;
    const camera = { x: 0.5, y: 2000, scale: 0.16 };
    drawPicture({ drawImage } as never, picture, camera, surface, { x: 0, y: 0 });
    const [, , , width, height] = drawImage.mock.calls[0] as number[];
    expect([width, height]).toEqual([0.5, 640]);
  });
});
