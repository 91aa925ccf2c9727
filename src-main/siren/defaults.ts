import type { Supervision } from '../../src-shared/model/field.ts';
import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import type { Loss, SirenSpec } from '../../src-shared/model/training.ts';
import type { Optimiser } from './step.ts';

export interface DefaultsFor {
  readonly size: Size;
  readonly channels: ChannelCount;
  readonly supervision: Supervision;
  readonly loss: Loss;
}

/** The network and optimiser for a job, found by measurement: ω₀ grows with the resolution and depends on the loss. */
export function defaultsFor({ size, channels, loss }: DefaultsFor): {
  spec: SirenSpec;
  optimiser: Optimiser;
} {
  const side = Math.sqrt(size.width * size.height);
  const omega = Math.min(200, Math.max(4, (loss === 'residual' ? 0.12 : 0.27) * side));
  return { spec: { channels, hidden: 192, layers: 4, omega: Math.round(omega) }, optimiser: 'muon' };
}
