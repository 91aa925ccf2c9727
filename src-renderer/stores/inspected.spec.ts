import { describe, expect, it } from 'vitest';
import { inspectedOf, rangesOf } from './inspected.ts';
import { fitted, type PaneChoice } from './inspector.svelte.ts';
import type { Plane } from './picture.ts';

const plane = (...data: number[]): Plane => ({
  width: data.length,
  height: 1,
  channels: 1,
  data: Float32Array.from(data),
});
const choice = (change: Partial<PaneChoice> = {}): PaneChoice => ({
  of: 'network',
  minus: null,
  view: 'value',
  gain: 1,
  ...change,
});
const reconstruct = { kind: 'reconstruct', imageId: 'a', budget: { steps: 1 } } as const;

describe('a pane’s choice', () => {
  it('of something that its job lacks gives way to what there is', () => {
    const request = { ...reconstruct, from: 'gradient' } as const;
    expect(fitted(choice({ of: 'paste', minus: 'source' }), request)).toMatchObject({
      of: 'photograph',
      minus: null,
    });
    expect(fitted(choice({ of: 'residual', view: 'value' }), request)).toMatchObject({ view: 'dx' });
    const laplacian = { ...reconstruct, from: 'laplacian' } as const;
    expect(fitted(choice({ of: 'guidance', view: 'dx' }), laplacian)).toMatchObject({ view: 'laplacian' });
  });

  it('never takes a picture away from itself, nor anything from a field', () => {
    const request = { ...reconstruct, from: 'gradient' } as const;
    expect(fitted(choice({ minus: 'network' }), request).minus).toBeNull();
    expect(fitted(choice({ of: 'residual', minus: 'exact' }), request).minus).toBeNull();
    expect(fitted(choice({ minus: 'exact' }), request).minus).toBe('exact');
  });
});

describe('a difference', () => {
  it('is that of the numbers, and has a scale of its own with its middle at 0', () => {
    const whole = inspectedOf(choice(), [plane(0.5, 0.25)], null);
    const less = inspectedOf(choice({ minus: 'exact' }), [plane(0.5, 0.25)], [plane(0.25, 0.5)]);
    expect([...less!.source.value!]).toEqual([0.25, -0.25]);
    expect(rangesOf([whole, less])).toEqual([
      [0, 1],
      [-0.25, 0.25],
    ]);
  });

  it('of pictures of unlike sizes is none', () => {
    expect(inspectedOf(choice({ minus: 'exact' }), [plane(1, 2)], [plane(1)])).toBeNull();
  });
});

describe('panes of one kind', () => {
  it('share one scale, so that a colour means the same number, and a gain makes it finer', () => {
    const gradient = (gain: number, ...data: number[]) =>
      inspectedOf(choice({ view: 'dx', gain }), [plane(...data)], null);
    expect(rangesOf([gradient(1, 3, -1), null, gradient(4, 8, 2)])).toEqual([[-8, 8], null, [-2, 2]]);
  });
});
