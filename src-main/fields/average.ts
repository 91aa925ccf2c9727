import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { BorderGradient, DerivativeField } from '../../src-shared/model/field.ts';
import { withChannels } from './channels.ts';

/**
 * α·a + (1−α)·b of two fields of one size, kind and operator: the field of α·A + (1−α)·B where a and b are those of
 * two images A and B. Beside a colour field a grey one counts for all three channels.
 *
 * @throws SeamfieldError `size-mismatch` for fields of two sizes; `bad-option` for α outside 0…1 or fields of two kinds
 * or operators.
 */
export function average<Field extends DerivativeField>(a: Field, b: Field, alpha: number): Field;
export function average(a: DerivativeField, b: DerivativeField, alpha: number): DerivativeField {
  assertAlpha(alpha);
  if (a.width !== b.width || a.height !== b.height) {
    throw new SeamfieldError(
      'size-mismatch',
      `The two images are of ${a.width}×${a.height} and ${b.width}×${b.height} pixels; bring them to one size first.`,
      { a: [a.width, a.height], b: [b.width, b.height] },
    );
  }
  const channels = Math.max(a.channels, b.channels) === 3 ? 3 : 1;
  const mix = (p: Float64Array, q: Float64Array): Float64Array => {
    const first = withChannels(p, a.channels, channels);
    const second = withChannels(q, b.channels, channels);
    return first.map((value, i) => alpha * value + (1 - alpha) * second[i]!);
  };
  if (a.operator === b.operator) {
    if (a.kind === 'gradient' && b.kind === 'gradient') {
      return { ...a, channels, dx: mix(a.dx, b.dx), dy: mix(a.dy, b.dy) };
    }
    if (a.kind === 'laplacian' && b.kind === 'laplacian') {
      const border: BorderGradient = {
        inset: a.border.inset,
        left: mix(a.border.left, b.border.left),
        right: mix(a.border.right, b.border.right),
        top: mix(a.border.top, b.border.top),
        bottom: mix(a.border.bottom, b.border.bottom),
      };
      return { ...a, channels, laplacian: mix(a.laplacian, b.laplacian), border };
    }
  }
  throw new SeamfieldError(
    'bad-option',
    `A ${a.operator} ${a.kind} field cannot be averaged with a ${b.operator} ${b.kind} field; take both alike.`,
  );
}

/** @throws SeamfieldError `bad-option` unless 0 ≤ α ≤ 1. */
export function assertAlpha(alpha: number): void {
  if (alpha >= 0 && alpha <= 1) return;
  throw new SeamfieldError('bad-option', `The weight α is ${alpha}, and must lie between 0 and 1.`, {
    alpha,
  });
}
