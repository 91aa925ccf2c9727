import type { Metrics } from '../../src-shared/model/metrics.ts';

const decibels = (name: string, value: number | undefined) =>
  value === undefined ? [] : [`${name} ${value.toFixed(2)} dB`];

/** What a run came to: one JSON object, or a line for people. */
export function reportText(metrics: Metrics, json: boolean): string {
  if (json) return JSON.stringify(metrics);
  const { psnr, exactPsnr, residual, steps, seconds, outputs = [] } = metrics;
  const facts = [
    ...decibels('psnr', psnr),
    ...decibels('exactPsnr', exactPsnr),
    ...(residual === undefined ? [] : [`residual ${residual.toPrecision(3)}`]),
    ...(steps === undefined ? [] : [`${steps} ${steps === 1 ? 'step' : 'steps'}`]),
    ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
    ...outputs,
  ];
  return facts.join(', ');
}
