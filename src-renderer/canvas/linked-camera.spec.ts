import { describe, expect, it } from 'vitest';
import { LinkedCamera } from './linked-camera.ts';

const pane = {};

function looking(): LinkedCamera {
  const camera = new LinkedCamera();
  camera.setViewport(pane, { width: 232, height: 232 });
  camera.setPicture({ width: 100, height: 100 });
  return camera;
}

describe('the linked camera', () => {
  it('stays fitted through a resize until somebody zooms or pans', () => {
    const camera = looking();
    expect(camera.current.scale).toBe(2);
    camera.setViewport(pane, { width: 332, height: 332 });
    expect(camera.current.scale).toBe(3);
    camera.zoomBy(2);
    camera.setViewport(pane, { width: 132, height: 132 });
    expect(camera.current.scale).toBe(6);
    expect(camera.fitted).toBe(false);
  });

  it('fits the smaller of two panes', () => {
    const camera = looking();
    camera.setViewport({}, { width: 132, height: 400 });
    expect(camera.current.scale).toBe(1);
  });

  it('keeps the place looked at when the picture changes its resolution', () => {
    const camera = looking();
    camera.zoomTo(8);
    camera.pan(80, 0);
    camera.setPicture({ width: 200, height: 200 });
    expect(camera.current).toEqual({ x: 80, y: 100, scale: 4 });
  });

  it('tells its listeners of every move, and no longer once they have gone', () => {
    const camera = looking();
    let moves = 0;
    const end = camera.onChange(() => moves++);
    camera.pan(1, 1);
    camera.fit();
    end();
    camera.pan(1, 1);
    expect(moves).toBe(2);
  });
});
