export interface CudaSetup {
  readonly platform: string;
  readonly arch: string;
  /** The folder of the installed onnxruntime-node. */
  readonly packageFolder: string;
  /** Runs Node with these arguments in a folder. @returns its exit status */
  run(argv: readonly string[], folder: string): number;
}

/** @returns an exit status, and the lines to tell the user */
export function setupCuda(setup: CudaSetup): { readonly status: number; readonly lines: readonly string[] };
