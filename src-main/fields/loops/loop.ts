import {
  F64,
  I32,
  V128,
  extractLane,
  f64Const,
  i32,
  local,
  moduleOf,
  pair,
  single,
  whileTrue,
  type Code,
  type Lanes,
  type WasmFunction,
} from './code.ts';

/** A value of a loop: how it is computed, whatever the number of lanes. */
export type Value = (lanes: Lanes) => Code;

/** Where a loop reads or writes: a place in memory that moves on by so many values each time. */
export interface Stream {
  /** The value so many places further on, at least 0. */
  at(offset: number): Value;
}

export interface LoopDefinition<Streams extends string, Numbers extends string> {
  /** How many values each stream moves on. The first is the one written to. */
  readonly streams: Readonly<Record<Streams, 1 | 2>>;
  readonly numbers: readonly Numbers[];
  /** Whether the squares of what is written are summed. */
  readonly isMeasured?: boolean;
  readonly value: (streams: Record<Streams, Stream>, numbers: Record<Numbers, Value>) => Value;
}

/**
 * A loop as compiled: takes a byte address for each stream in their order, how many values to write, and the numbers.
 * Returns the sum of the squares of what it wrote if it is measured, else 0.
 */
export type Loop = (...parameters: number[]) => number;

const BYTES = 8;

export const constant =
  (value: number): Value =>
  ({ spread }) => [...f64Const(value), ...spread];

function operation(name: 'add' | 'sub' | 'mul') {
  return (first: Value, ...others: Value[]): Value =>
    (lanes) =>
      others.reduce<Code>((code, other) => [...code, ...other(lanes), ...lanes[name]], first(lanes));
}

/** From the left: the first and the second, then the third, and so on. */
export const [sum, difference, product] = [operation('add'), operation('sub'), operation('mul')];

/** A loop as a function: two values at a time while there are two, then one. */
function compile(
  name: string,
  { streams, numbers, isMeasured = false, value }: LoopDefinition<string, string>,
): WasmFunction {
  const names = Object.keys(streams);
  const count = names.length;
  const locals = { single: count + 1 + numbers.length, pair: count + 3 + numbers.length };
  const steps = names.map((each) => BYTES * streams[each]!);
  const stream = (index: number): Stream => ({
    at: (offset) => (lanes) => lanes.load(index, BYTES * offset, steps[index]!),
  });
  const written = value(
    Object.fromEntries(names.map((each, index) => [each, stream(index)])),
    Object.fromEntries(
      numbers.map((each, index) => [each, ({ spread }) => [...local.get(count + 1 + index), ...spread]]),
    ),
  );
  const round = (lanes: Lanes, result: number, squares: number): Code =>
    whileTrue(
      [...local.get(count), ...i32.const(lanes.count - 1), ...i32.greaterThan],
      [
        ...written(lanes),
        ...local.set(result),
        ...lanes.store(0, result, steps[0]!),
        ...(isMeasured ? addSquare(lanes, result, squares) : []),
        ...steps.flatMap((step, index) => moveOn(index, step * lanes.count)),
        ...moveOn(count, -lanes.count),
      ],
    );
  return {
    name,
    parameters: [...names.map(() => I32), I32, ...numbers.map(() => F64)],
    locals: [F64, F64, V128, V128],
    body: [
      ...round(pair, locals.pair, locals.pair + 1),
      ...round(single, locals.single, locals.single + 1),
      ...local.get(locals.single + 1),
      ...[0, 1].flatMap((lane) => [
        ...local.get(locals.pair + 1),
        ...extractLane(lane as 0 | 1),
        ...single.add,
      ]),
    ],
  };
}

function addSquare({ mul, add }: Lanes, value: number, squares: number): Code {
  const [square, total] = [[...local.get(value), ...local.get(value), ...mul], local.get(squares)];
  return [...total, ...square, ...add, ...local.set(squares)];
}

function moveOn(index: number, by: number): Code {
  return [...local.get(index), ...i32.const(by), ...i32.add, ...local.set(index)];
}

/** A loop's definition, with the names of its streams and numbers known. */
export function defineLoop<Streams extends string, Numbers extends string = never>(
  definition: LoopDefinition<Streams, Numbers>,
): LoopDefinition<string, string> {
  return definition as unknown as LoopDefinition<string, string>;
}

/** The loops' code, for any memory. */
export function compileLoops(definitions: Record<string, LoopDefinition<string, string>>): Uint8Array {
  return moduleOf(Object.entries(definitions).map(([name, definition]) => compile(name, definition)));
}
