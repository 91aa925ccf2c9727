import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { LinearMemory } from '../loops/linear-memory.ts';
import type { Steps } from '../steps.ts';
import { compileLoops, constant, defineLoop, difference, product, sum } from '../loops/loop.ts';

/**
 * The solver's loops over stretches of regular cells, which are nearly all of its work. `beside`, `above` and `below`
 * stand at the left one of the neighbours that are read there.
 */
const definitions = {
  /** Of the pixels, one colour: the mean of the neighbours and b. */
  relaxFine: defineLoop({
    streams: { x: 1, b: 1, beside: 1, above: 1, below: 1 },
    numbers: [],
    value: ({ b, beside, above, below }) =>
      product(sum(b.at(0), sum(beside.at(0), beside.at(1)), sum(above.at(0), below.at(0))), constant(0.25)),
  }),
  residualFine: defineLoop({
    streams: { residual: 1, x: 1, b: 1, beside: 1, above: 1, below: 1 },
    numbers: [],
    isMeasured: true,
    value: ({ x, b, beside, above, below }) =>
      difference(
        sum(b.at(0), sum(beside.at(0), beside.at(1)), sum(above.at(0), below.at(0))),
        product(x.at(0), constant(4)),
      ),
  }),
  /** The transpose of bilinear interpolation where the four next neighbours have no residual. */
  restrictFine: defineLoop({
    streams: { coarse: 1, here: 1, above: 1, below: 1 },
    numbers: [],
    value: ({ here, above, below }) =>
      sum(
        here.at(0),
        product(sum(sum(above.at(0), above.at(1)), sum(below.at(0), below.at(1))), constant(0.25)),
      ),
  }),
  /** Adds a share of the two coarse cells that a black pixel lies between. */
  correctFine: defineLoop({
    streams: { x: 1, first: 1, second: 1 },
    numbers: ['share'],
    value: ({ x, first, second }, { share }) => sum(x.at(0), product(sum(first.at(0), second.at(0)), share)),
  }),
  /** Every other cell of a coarse row; `side` and `corner` are the stencil's less their sign, `weight` is 1/its middle. */
  relaxCoarse: defineLoop({
    streams: { x: 2, b: 2, beside: 2, above: 2, below: 2 },
    numbers: ['side', 'corner', 'weight'],
    value: ({ b, beside, above, below }, { side, corner, weight }) => {
      const sides = sum(sum(beside.at(0), beside.at(2)), sum(above.at(1), below.at(1)));
      const corners = sum(sum(above.at(0), below.at(0)), sum(above.at(2), below.at(2)));
      return product(sum(b.at(0), product(sides, side), product(corners, corner)), weight);
    },
  }),
  /** b − A·x of a coarse row. */
  residualCoarse: defineLoop({
    streams: { residual: 1, b: 1, beside: 1, above: 1, below: 1 },
    numbers: ['side', 'corner', 'middle'],
    value: ({ b, beside, above, below }, { side, corner, middle }) => {
      const sides = sum(sum(beside.at(0), beside.at(2)), sum(above.at(1), below.at(1)));
      const corners = sum(sum(above.at(0), below.at(0)), sum(above.at(2), below.at(2)));
      return difference(
        b.at(0),
        product(beside.at(1), middle),
        product(sides, side),
        product(corners, corner),
      );
    },
  }),
  /** The transpose of bilinear interpolation. */
  restrictCoarse: defineLoop({
    streams: { coarse: 1, beside: 2, above: 2, below: 2 },
    numbers: [],
    value: ({ beside, above, below }) =>
      sum(
        beside.at(1),
        product(sum(sum(beside.at(0), beside.at(2)), sum(above.at(1), below.at(1))), constant(0.5)),
        product(sum(sum(above.at(0), below.at(0)), sum(above.at(2), below.at(2))), constant(0.25)),
      ),
  }),
  /** Adds the mean of the coarse cells above and below every other cell. */
  correctUnder: defineLoop({
    streams: { x: 2, above: 1, below: 1 },
    numbers: [],
    value: ({ x, above, below }) => sum(x.at(0), product(sum(above.at(0), below.at(0)), constant(0.5))),
  }),
  /** Adds the mean of the four coarse cells around every other cell. */
  correctAmong: defineLoop({
    streams: { x: 2, above: 1, below: 1 },
    numbers: [],
    value: ({ x, above, below }) =>
      sum(
        x.at(0),
        product(sum(sum(above.at(0), below.at(0)), sum(above.at(1), below.at(1))), constant(0.25)),
      ),
  }),
} as const;

export type RegionLoop = keyof typeof definitions;
export type RegionMemory = LinearMemory<RegionLoop>;

let module: WebAssembly.Module | undefined;
/** The last solution's memory, if it is small: previews solve regions of one size many times a second. */
let kept: RegionMemory | undefined;
const KEPT_BYTES = 64 * 2 ** 20;

/**
 * What `work` makes of a memory of so many bytes of zeros, which is its own until it returns or is left.
 *
 * @throws SeamfieldError `internal` where so much is not to be had.
 */
export function* withRegionMemory<Result>(
  bytes: number,
  work: (memory: RegionMemory) => Steps<Result>,
): Steps<Result> {
  module ??= new WebAssembly.Module(compileLoops(definitions));
  const memory = kept !== undefined && kept.bytes >= bytes ? kept : memoryOf(module, bytes);
  kept = undefined;
  try {
    return yield* work(memory);
  } finally {
    memory.clear();
    if (memory.bytes <= KEPT_BYTES) kept = memory;
  }
}

function memoryOf(loops: WebAssembly.Module, bytes: number): RegionMemory {
  try {
    return new LinearMemory<RegionLoop>(loops, bytes);
  } catch (thrown) {
    if (!(thrown instanceof RangeError) && !(thrown instanceof TypeError)) throw thrown;
    throw new SeamfieldError(
      'internal',
      `Solving this region takes ${Math.ceil(bytes / 2 ** 20)} MiB, which this process cannot have; select a smaller region or close other programs.`,
      { bytes },
    );
  }
}
