import type { FlagName } from './flags.ts';

export interface Command {
  /** What is written without an option, in order. */
  readonly operands: readonly string[];
  readonly summary: string;
  /** Options it can't do without. */
  readonly required: readonly FlagName[];
  readonly optional: readonly FlagName[];
  readonly details?: string;
}

const engine = ['engine', 'provider', 'threads', 'json'] as const;
const training = [
  'out',
  'onnx',
  'seconds',
  'steps',
  'loss',
  'hidden',
  'layers',
  'omega',
  'seed',
  'solver',
  'encoding',
  ...engine,
] as const;

/** Each command, with what it takes. */
export const commands = {
  reconstruct: {
    operands: ['IMAGE'],
    summary: "turn a photograph's derivatives back into the photograph",
    required: [],
    optional: ['from', 'operator', 'size', ...training],
  },
  fuse: {
    operands: ['A', 'B'],
    summary: "blend two photographs' gradients over the whole frame: α·A + (1-α)·B",
    required: [],
    optional: ['alpha', 'size', ...training],
    details:
      'The result has the frame of A. A B of another shape is cropped about its centre to the shape of A (a line on\n' +
      'stderr says so) and brought to its size; neither is enlarged, so the smaller of the two bounds --size.',
  },
  clone: {
    operands: [],
    summary: 'clone what a mask selects of one photograph into another',
    required: ['source', 'target', 'mask'],
    optional: ['at', 'mode', 'alpha', 'size', ...training],
    details:
      'The network sees the region with some target around it, at its own resolution as far as that has --size pixels\n' +
      'along its longer side (default 256). A region more than a quarter larger is trained at that size, and finer detail\n' +
      "carried over from the photographs; the result always has all of the target's pixels, and along the seam, where the\n" +
      'network cannot see the finest mismatch, a narrow band is solved exactly. --solver exact solves on all of them,\n' +
      'unless --size is given.',
  },
  render: {
    operands: ['MODEL.onnx'],
    summary: 'draw an exported network, at any scale',
    required: ['out'],
    optional: ['scale', 'view', ...engine],
  },
  serve: {
    operands: [],
    summary: 'serve the app to a browser on this machine',
    required: [],
    optional: ['port', 'open'],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
