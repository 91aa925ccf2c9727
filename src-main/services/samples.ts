import { join } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { FileSource } from '../jobs/tasks.ts';

/** The photographs of assets/samples; who made them and under which licence stands in LICENSES.md there. */
const samples = [
  { name: 'astronaut', file: 'astronaut.png', width: 512, height: 512 },
  { name: 'coffee', file: 'coffee.png', width: 600, height: 400 },
  { name: 'rocket', file: 'rocket.jpg', width: 640, height: 427 },
  { name: 'moon', file: 'moon.png', width: 512, height: 512 },
  { name: 'camera', file: 'camera.png', width: 512, height: 512 },
  { name: 'brick', file: 'brick.png', width: 512, height: 512 },
] as const;

export function listSamples(): { name: string; width: number; height: number }[] {
  return samples.map(({ name, width, height }) => ({ name, width, height }));
}

/** Throws `unknown-handle` for a name that `listSamples` doesn't give. */
export function sampleFile(folder: string, name: string): FileSource {
  const found = samples.find((sample) => sample.name === name);
  if (found === undefined) {
    const known = samples.map((sample) => sample.name).join(', ');
    throw new SeamfieldError('unknown-handle', `There is no sample “${name}”; there are ${known}.`);
  }
  return { path: join(folder, found.file), name: found.file };
}
