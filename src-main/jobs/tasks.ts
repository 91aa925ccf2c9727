/** What a job's process can be given to do, and how each of it is checked at the process's door. */
import * as v from 'valibot';
import { transform } from '../../src-shared/contract/composition-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import { metrics } from '../../src-shared/contract/metrics-schemas.ts';
import { real, whole } from '../../src-shared/contract/primitives.ts';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import { fusionModes } from '../../src-shared/model/fusion.ts';
import { engines, losses, providers } from '../../src-shared/model/training.ts';

/** A file on this machine, and what a sentence calls it (an upload lies under a name of our own). */
export const file = v.strictObject({ path: v.string(), name: v.string() });
export type FileSource = v.InferOutput<typeof file>;

/** Which engine and where it runs. */
const engine = {
  engine: v.exactOptional(v.picklist(engines)),
  provider: v.exactOptional(v.picklist(providers)),
  threads: v.exactOptional(whole(...limits.threads)),
  /** The file that remembers which providers this machine has. */
  providerMemory: v.exactOptional(v.string()),
};

/** What every training lets one choose; absent means the default for the problem at hand. */
const training = {
  ...engine,
  budget: v.union([
    v.strictObject({ seconds: real(...limits.seconds) }),
    v.strictObject({ steps: whole(...limits.steps) }),
  ]),
  operator: v.exactOptional(v.picklist(operators)),
  loss: v.exactOptional(v.picklist(losses)),
  hidden: v.exactOptional(whole(...limits.hidden)),
  layers: v.exactOptional(whole(...limits.layers)),
  omega: v.exactOptional(real(...limits.omega)),
  seed: v.exactOptional(whole(...limits.seed)),
  encoding: v.exactOptional(v.picklist(['srgb', 'linear'])),
  /** `exact`: the Poisson solution in place of a network; no step is trained. Default `siren`. */
  solver: v.exactOptional(v.picklist(['siren', 'exact'])),
  /** Whether anybody looks at previews. Default: no. */
  previews: v.exactOptional(v.boolean()),
};
export const size = { size: v.exactOptional(whole(...limits.size)) };

const reconstructTask = v.strictObject({
  kind: v.literal('reconstruct'),
  image: file,
  from: v.picklist(supervisions),
  ...size,
  ...training,
});

/** α·∇A + (1-α)·∇B over the whole frame. */
const fuseTask = v.strictObject({
  kind: v.literal('fuse'),
  a: file,
  b: file,
  alpha: real(0, 1),
  ...size,
  ...training,
});

export const layer = v.strictObject({
  source: file,
  mask: file,
  transform,
  mode: v.picklist(fusionModes),
  alpha: v.exactOptional(real(0, 1)),
});
export type CloneLayer = v.InferOutput<typeof layer>;

const composition = v.strictObject({
  target: file,
  layers: v.pipe(v.array(layer), v.minLength(limits.cloneLayers[0]), v.maxLength(limits.cloneLayers[1])),
});
export type CompositionFiles = v.InferOutput<typeof composition>;

/** `size`: of the region's window as the network sees it; absent: all its pixels. */
const cloneTask = v.strictObject({ kind: v.literal('clone'), composition, ...size, ...training });

/** An exported network, to be looked at. */
const openTask = v.strictObject({ kind: v.literal('open'), model: file, ...engine });

/** A training that finished earlier, with the network that it came to. */
const restoreTask = v.strictObject({
  kind: v.literal('restore'),
  task: v.variant('kind', [reconstructTask, fuseTask, cloneTask]),
  model: file,
  metrics,
});

export const task = v.variant('kind', [reconstructTask, fuseTask, cloneTask, openTask, restoreTask]);
export type ReconstructTask = v.InferOutput<typeof reconstructTask>;
export type FuseTask = v.InferOutput<typeof fuseTask>;
export type CloneTask = v.InferOutput<typeof cloneTask>;
export type OpenTask = v.InferOutput<typeof openTask>;
export type RestoreTask = v.InferOutput<typeof restoreTask>;
export type TrainingTask = ReconstructTask | FuseTask | CloneTask;
export type Task = v.InferOutput<typeof task>;
