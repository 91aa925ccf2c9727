/** WebAssembly instructions (core specification 2.0, chapter 5), by the names they have there. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** LEB128, as all whole numbers are written. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if (rest === ((low & 0x40) === 0 ? 0 : -1)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

const simd = (instruction: number): number[] => [0xfd, ...unsigned(instruction)];
/** No alignment promised. */
const place = (offset: number): number[] => [0, ...unsigned(offset)];

export const local = {
  get: (index: number): Code => [0x20, ...unsigned(index)],
  set: (index: number): Code => [0x21, ...unsigned(index)],
};

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: [0x6a],
  greaterThan: [0x4a],
};

/** What a loop computes with, one value at a time or two: the same instructions for each. */
export interface Lanes {
  readonly count: 1 | 2;
  /** The value, or the one there and the one `step` bytes further on, at `offset` bytes from the address in a local. */
  readonly load: (address: number, offset: number, step: number) => Code;
  /** Stores the value of a local likewise. */
  readonly store: (address: number, value: number, step: number) => Code;
  readonly add: Code;
  readonly sub: Code;
  readonly mul: Code;
  /** Makes one of the number on the stack. */
  readonly spread: Code;
}

export const single: Lanes = {
  count: 1,
  load: (address, offset) => [...local.get(address), 0x2b, ...place(offset)],
  store: (address, value) => [...local.get(address), ...local.get(value), 0x39, ...place(0)],
  add: [0xa0],
  sub: [0xa1],
  mul: [0xa2],
  spread: [],
};

export const pair: Lanes = {
  count: 2,
  load: (address, offset, step) => {
    const from = local.get(address);
    if (step === 8) return [...from, ...simd(0x00), ...place(offset)];
    const first = [...from, ...simd(0x5d), ...place(offset)];
    return [...from, ...first, ...simd(0x57), ...place(offset + step), 1];
  },
  store: (address, value, step) => {
    const to = [...local.get(address), ...local.get(value)];
    if (step === 8) return [...to, ...simd(0x0b), ...place(0)];
    return [0, 1].flatMap((lane) => [...to, ...simd(0x5b), ...place(lane * step), lane]);
  },
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  spread: simd(0x14),
};

/** The f64 in a lane of an f64x2. */
export const extractLane = (lane: 0 | 1): Code => [...simd(0x21), lane];

export function f64Const(value: number): Code {
  return [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
}

/** Instructions done again for as long as `condition` leaves other than 0, which is asked first. */
export function whileTrue(condition: Code, body: Code): Code {
  const block = [0x02, 0x40];
  const loop = [0x03, 0x40];
  const isZero = 0x45;
  const end = 0x0b;
  return [...block, ...loop, ...condition, isZero, 0x0d, 1, ...body, 0x0c, 0, end, end];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

const text = (value: string): Code => vector([...value].map((letter) => [letter.charCodeAt(0)]));

/** A function that returns an f64. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: Code;
  /** The types of its other locals. */
  readonly locals: Code;
  readonly body: Code;
}

/** A module of functions on the memory that it imports as `env.memory`. */
export function moduleOf(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(parameters.map((type) => [type])),
    1,
    F64,
  ]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, 0];
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exported)),
    ...section(10, vector(bodies)),
  ]);
}
