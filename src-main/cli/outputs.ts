import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { checkWritable, isSameFile } from '../disk/files.ts';

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
