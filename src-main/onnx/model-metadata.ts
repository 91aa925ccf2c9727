/**
 * What an exported network says of itself in the file's metadata: enough to open it again, and enough for somebody
 * who has nothing but the file.
 */
import * as v from 'valibot';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import type { SirenModel } from '../siren/model.ts';
import { badModel } from './bad-model.ts';
import { modelLimits } from './model-limits.ts';

/** The version of the file format: raised whenever the graph or the metadata of a given network change. */
export const FORMAT_VERSION = '1';

/** Everything about a model but its numbers. */
export type ModelDescription = Omit<SirenModel, 'parameters'>;

const coordinates =
  'float32 [N, 2], x then y; the centre of pixel (i, j) is at ((2i + 1 - width) / max(width, height), ' +
  '(2j + 1 - height) / max(width, height))';

function outputs({ spec, encoding }: ModelDescription): string {
  const colours = spec.channels === 1 ? 'one grey column' : 'columns red, green, blue';
  return (
    `float32 [N, ${spec.channels}], ${colours}; rgb in 0 to 1, ${encoding}; dx, dy and laplacian, where present, ` +
    "are rgb's derivatives per unit of coords"
  );
}

/** The metadata of a file, in the order they are written. */
export function describe(model: ModelDescription): Record<string, string> {
  const { spec, size, operator, supervision, encoding, constant } = model;
  return {
    'seamfield.version': FORMAT_VERSION,
    width: String(size.width),
    height: String(size.height),
    channels: String(spec.channels),
    constant: constant.join(','),
    operator,
    supervision,
    omega: String(spec.omega),
    hidden: String(spec.hidden),
    layers: String(spec.layers),
    encoding,
    coords: coordinates,
    outputs: outputs(model),
  };
}

const number = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?$/),
  v.transform(Number),
  v.finite(),
);
const whole = (low: number, high: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(low), v.maxValue(high));

const schema = v.pipe(
  v.object({
    width: whole(1, modelLimits.side),
    height: whole(1, modelLimits.side),
    channels: v.pipe(
      v.picklist(['1', '3']),
      v.transform((text) => (text === '1' ? 1 : 3)),
    ),
    constant: v.pipe(
      v.string(),
      v.transform((text) => text.split(',')),
      v.array(number),
    ),
    operator: v.picklist(operators),
    supervision: v.picklist(supervisions),
    omega: v.pipe(number, v.gtValue(0), v.maxValue(1000)),
    hidden: whole(4, modelLimits.hidden),
    layers: whole(1, modelLimits.layers),
    encoding: v.picklist(['srgb', 'linear']),
    // Documentation, but the last entries written: without them the file was cut short.
    coords: v.string(),
    outputs: v.string(),
  }),
  v.forward(
    v.check(({ constant, channels }) => constant.length === channels),
    ['constant'],
  ),
  v.forward(
    v.check(({ width, height }) => width * height <= modelLimits.pixels),
    ['width'],
  ),
);

/**
 * The inverse of `describe`. Entries of other names are left alone.
 *
 * @throws SeamfieldError `bad-model` where the metadata are not Seamfield's, of another version, or out of range
 */
export function readDescription(metadata: Readonly<Record<string, string>>): ModelDescription {
  const version = metadata['seamfield.version'];
  if (version === undefined) throw badModel('it was not exported by Seamfield');
  if (version !== FORMAT_VERSION) {
    throw badModel(
      `its format is version ${version.slice(0, 20)}, and this Seamfield reads ${FORMAT_VERSION}`,
    );
  }
  const parsed = v.safeParse(schema, metadata);
  if (!parsed.success) {
    const entry = parsed.issues[0].path?.[0]?.key;
    throw badModel(`its description of itself is wrong at "${String(entry)}"`);
  }
  const { width, height, channels, hidden, layers, omega } = parsed.output;
  const { constant, operator, supervision, encoding } = parsed.output;
  return {
    spec: { channels, hidden, layers, omega },
    size: { width, height },
    constant,
    operator,
    supervision,
    encoding,
  };
}
