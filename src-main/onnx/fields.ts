/**
 * Reads one protobuf message strictly: every field must be known, of its declared type and inside the message.
 * Nested messages are handed out as bytes and read by whoever knows them, so that depth is bounded by the schema.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { badModel } from './bad-model.ts';
import { modelLimits } from './model-limits.ts';

const wireTypes = {
  integer: WireType.Varint,
  float: WireType.Bit32,
  text: WireType.LengthDelimited,
  bytes: WireType.LengthDelimited,
} as const;

/** The fields that a message may have. */
export type Schema = Readonly<Record<number, keyof typeof wireTypes>>;

/** How many fields may still be read, over all messages of one file. */
export interface FieldBudget {
  fields: number;
}

type Value = number | string | Uint8Array;

const damaged = () => badModel('the file is cut short or damaged');

function readValue(reader: BinaryReader, kind: keyof typeof wireTypes): Value {
  if (kind === 'float') return reader.float();
  if (kind === 'bytes') return reader.bytes();
  if (kind === 'integer') {
    const value = Number(reader.int64());
    if (!Number.isSafeInteger(value)) throw badModel('it holds a number that is too large');
    return value;
  }
  const text = reader.bytes();
  if (text.length > modelLimits.textBytes) throw badModel('it holds a name that is too long');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
}

export class Fields {
  private readonly values = new Map<number, Value[]>();

  /**
   * @param message the message's name, for sentences
   * @throws SeamfieldError `bad-model` where the bytes are not such a message
   */
  constructor(
    bytes: Uint8Array,
    private readonly message: string,
    schema: Schema,
    budget: FieldBudget,
  ) {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      if (--budget.fields < 0) throw badModel('it has far more parts than any model of Seamfield');
      const [no, value] = this.next(reader, schema);
      const known = this.values.get(no);
      if (known === undefined) this.values.set(no, [value]);
      else known.push(value);
    }
  }

  private next(reader: BinaryReader, schema: Schema): [number, Value] {
    const [no, wireType] = orDamaged(() => reader.tag());
    const kind = schema[no];
    if (kind === undefined || wireTypes[kind] !== wireType) {
      throw badModel(
        `it is damaged or was not exported by Seamfield (its ${this.message} has an unknown field ${no})`,
      );
    }
    const value = orDamaged(() => readValue(reader, kind));
    if (reader.pos > reader.len) throw damaged();
    return [no, value];
  }

  integers(no: number): number[] {
    return this.all(no).filter((value) => typeof value === 'number');
  }

  texts(no: number): string[] {
    return this.all(no).filter((value) => typeof value === 'string');
  }

  messages(no: number): Uint8Array[] {
    return this.all(no).filter((value) => value instanceof Uint8Array);
  }

  /** A number that may be absent. */
  number(no: number): number | undefined {
    return this.atMostOne(no, this.integers(no));
  }

  /** A text, '' where absent, as protobuf has it. */
  text(no: number): string {
    return this.atMostOne(no, this.texts(no)) ?? '';
  }

  /** Bytes or a nested message that may be absent. */
  bytes(no: number): Uint8Array | undefined {
    return this.atMostOne(no, this.messages(no));
  }

  private all(no: number): readonly Value[] {
    return this.values.get(no) ?? [];
  }

  private atMostOne<T>(no: number, values: readonly T[]): T | undefined {
    if (values.length > 1) throw badModel(`its ${this.message} says field ${no} more than once`);
    return values[0];
  }
}

/** Whatever the wire reader refuses (a varint too long, bytes past the end, bad UTF-8) means a damaged file. */
function orDamaged<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof SeamfieldError ? thrown : damaged();
  }
}
