import { largestNetwork } from '../../src-shared/model/training.ts';

/** What a model file may hold: bounds on what we write, and on what we take the trouble to read. */
export const modelLimits = {
  /** Bytes of a file: 64 MiB. */
  bytes: 64 * 2 ** 20,
  /** Bytes of weights in an exported file, which leaves 1 MiB to the graph and the description. */
  weightBytes: 63 * 2 ** 20,
  /** Protobuf fields in a file, all messages together: far above any graph of ours, far below what fills memory. */
  fields: 2 ** 17,
  /** Elements of a tensor of anything but float32: shapes and indices, each of which is boxed here, so that bits would grow by much. */
  wholeNumbers: 4096,
  /** UTF-8 bytes of a name or a metadata entry. */
  textBytes: 4096,
  ...largestNetwork,
  /** Pixels of a side, and of the whole, of the size that a file says it renders to. */
  side: 65_535,
  pixels: 100_000_000,
} as const;
