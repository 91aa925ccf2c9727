/** Numbers as people read them. */

import { perfectPsnr } from '../src-shared/model/metrics.ts';

const figures = (digits: number) =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: digits, minimumSignificantDigits: digits });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** '41.3 dB' */
export function decibel(value: number): string {
  return value < perfectPsnr ? `${value.toFixed(1)} dB` : '∞ dB';
}

/** 4 significant figures, or scientific where that is shorter: '0.0123', '3.1e-6'. */
export function small(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1) : figures(3).format(value);
}

/** '12,345' */
export function count(value: number): string {
  return whole.format(value);
}

/** '4.2', '118': enough to compare speeds by. */
export function rate(value: number): string {
  return value < 10 ? value.toFixed(1) : whole.format(value);
}

/** '8 s', '2 min 05 s', '1 h 02 min'; never less than 0. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  const pad = (value: number) => String(value).padStart(2, '0');
  if (s < 3600) return `${Math.floor(s / 60)} min${s % 60 === 0 ? '' : ` ${pad(s % 60)} s`}`;
  return `${Math.floor(s / 3600)} h ${pad(Math.floor((s % 3600) / 60))} min`;
}

/** Degrees, padded like `values`. */
export function degrees(value: number): string {
  return `${String(Math.round(value) % 360).padStart(3, '\u2007')}°`;
}

/** Values of one pixel with a fixed number of figures, so that they stand still while the pointer moves. */
export function values(all: readonly number[]): string {
  return all.map((value) => (value < 0 ? '−' : '\u2007') + fixed(Math.abs(value))).join(' ');
}

function fixed(value: number): string {
  if (value >= 9999.5) return value.toExponential(1);
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(3);
}
