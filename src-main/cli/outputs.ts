import { rm } from 'node:fs/promises';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { checkWritable, isSameFile, writeWhole } from '../imaging/files.ts';

/** One file to write. */
export interface Output {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Refuses outputs that could not be written later, that are an input, or that are one another. */
export async function checkOutputs(paths: readonly string[], inputs: readonly string[]): Promise<void> {
  for (const path of paths) await checkWritable(path, inputs);
  const [first, second] = paths;
  if (first !== undefined && second !== undefined && (await isSameFile(first, second))) {
    throw new SeamfieldError(
      'bad-usage',
      `--out and --onnx are both ${second}; choose another name for one.`,
    );
  }
}

/** Writes every file, or none of them. */
export async function writeOutputs(outputs: readonly Output[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, bytes } of outputs) {
      await writeWhole(path, bytes);
      written.push(path);
    }
  } catch (thrown) {
    await Promise.all(written.map((path) => rm(path, { force: true })));
    throw thrown;
  }
}
