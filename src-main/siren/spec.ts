import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { largestNetwork } from '../../src-shared/model/training.ts';
import type { SirenSpec } from '../../src-shared/model/training.ts';

/** One affine map of the network: `inputs` → `outputs`, W of shape [inputs, outputs]. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * Weights and biases, layer by layer, the linear output layer last; `spec.layers + 1` of each.
 *
 * W[k] is [inputs, outputs] row-major, b[k] is [outputs]. ω is folded in: a sine layer is sin(hW + b), where the
 * paper writes sin(ω(hW + b)).
 */
export interface Parameters {
  readonly W: readonly Float32Array[];
  readonly b: readonly Float32Array[];
}

/** Shapes of all affine maps: 2 → hidden, hidden → hidden (layers-1 times), hidden → channels. */
export function layerShapes({ channels, hidden, layers }: SirenSpec): LayerShape[] {
  const shapes: LayerShape[] = [];
  for (let k = 0; k < layers; k++) shapes.push({ inputs: k === 0 ? 2 : hidden, outputs: hidden });
  shapes.push({ inputs: hidden, outputs: channels });
  return shapes;
}

/** How many numbers the network has. */
export function parameterCount(spec: SirenSpec): number {
  return layerShapes(spec).reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}

/** Throws `bad-option` where a spec is outside what can be trained. */
export function checkSpec({ channels, hidden, layers, omega }: SirenSpec): void {
  const whole = (value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high;
  const refuse = (message: string) => {
    throw new SeamfieldError('bad-option', message);
  };
  if (channels !== 1 && channels !== 3) refuse(`A network has 1 or 3 outputs, not ${String(channels)}.`);
  const most = largestNetwork;
  if (!whole(hidden, 4, most.hidden))
    refuse(`The hidden width must be a whole number from 4 to ${most.hidden}, not ${hidden}.`);
  if (!whole(layers, 1, most.layers))
    refuse(`The number of sine layers must be a whole number from 1 to ${most.layers}, not ${layers}.`);
  if (!(omega > 0 && omega <= 1000))
    refuse(`ω of the first layer must lie above 0 and at most 1000, not ${omega}.`);
}
