/** A figure that is not to fall below, or rise above, a bound. */
export interface Floor {
  readonly job: string;
  readonly quantity: string;
  readonly sense: 'at least' | 'at most';
  readonly bound: number;
  /** Absent where it could not be measured. */
  readonly measured: number | undefined;
  readonly unit?: 'dB' | '%' | '×';
}

/**
 * How far a figure is on the right side of its bound: above 1 by so much better, below 1 short of it.
 *
 * `undefined` where there is no figure, or one of the two is not above 0, so that no ratio says anything.
 */
export function ratioToFloor({ sense, bound, measured }: Floor): number | undefined {
  if (measured === undefined || !(bound > 0) || !(measured > 0)) return undefined;
  return sense === 'at least' ? measured / bound : bound / measured;
}

/** A figure that is missing fails. */
export function passes({ sense, bound, measured }: Floor): boolean {
  if (measured === undefined) return false;
  return sense === 'at least' ? measured >= bound : measured <= bound;
}

/** A figure with its unit, rounded for reading. */
export function figure(value: number | undefined, unit?: Floor['unit']): string {
  if (value === undefined) return '–';
  if (unit === 'dB') return `${value.toFixed(2)} dB`;
  if (unit === '%') return `${value.toFixed(1)} %`;
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
  return unit === undefined ? text : `${text} ${unit}`;
}

/** The cells of a floor's row; no verdict where the budgets are not those that floors speak of. */
export function floorRow(floor: Floor, atFullLength: boolean): string[] {
  const ratio = ratioToFloor(floor);
  return [
    floor.job,
    floor.quantity,
    `${floor.sense === 'at least' ? '≥' : '≤'} ${figure(floor.bound, floor.unit)}`,
    figure(floor.measured, floor.unit),
    ratio === undefined ? '–' : ratio.toFixed(2),
    !atFullLength ? '–' : passes(floor) ? 'pass' : 'FAIL',
  ];
}

export const floorColumns = ['Job', 'Figure', 'Floor', 'Measured', 'Ratio', 'Verdict'] as const;
