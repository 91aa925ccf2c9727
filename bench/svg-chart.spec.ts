import { expect, it } from 'vitest';

import { spreadOut, svgOf } from './svg-chart.ts';

const chart = {
  title: 'a < b & c',
  xLabel: 'seconds',
  yLabel: 'dB',
  xTicks: [1, 10, 100],
  yTicks: [0, 10, 20],
  curves: [
    {
      label: 'ours',
      points: [
        { x: 1, y: 0 },
        { x: 10, y: 10 },
        { x: 100, y: 20 },
      ],
    },
  ],
};

it('a straight line over the logarithm of time is drawn straight', () => {
  const [, line] = /class="curve"[^>]* d="M([^"]+)"/.exec(svgOf([chart])) ?? [];
  const [a, b, c] = (line ?? '').split('L').map((point) => point.split(' ').map(Number));
  expect(b![0]).toBeCloseTo((a![0]! + c![0]!) / 2, 0);
  expect(b![1]).toBeCloseTo((a![1]! + c![1]!) / 2, 0);
});

it('text is escaped', () => {
  expect(svgOf([chart])).toContain('a &lt; b &amp; c');
});

it('labels keep their order and their distance', () => {
  expect(spreadOut([10, 50, 12], 5)).toEqual([10, 50, 15]);
});

it('refuses an axis that has no length', () => {
  expect(() => svgOf([{ ...chart, yTicks: [0] }])).toThrow(/fewer than two ticks/);
});

it('what has the same label has the same colour in every chart, and a peer none of theirs', () => {
  const [curve] = chart.curves;
  const others = [{ ...curve!, label: 'other' }, curve!, { ...curve!, label: 'peer', isPeer: true }];
  const strokes = [...svgOf([chart, { ...chart, curves: others }]).matchAll(/stroke="(#[0-9a-f]+)"/g)];
  const [ours, other, again, peer] = strokes.map(([, colour]) => colour);
  expect(again).toBe(ours);
  expect(new Set([ours, other, peer]).size).toBe(3);
});
